package frontmatter

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2/unstable"
)

var everythingLayout = Layout{Columns: map[string]Column{"": {6, 6}, "waiting": {5, 6}}, Lists: []string{"causes"}}

func TestFormat(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"keys in order, in a column": {
			"kind='k'\ntitle   =   \"T\"\n\"year\" = 1\n",
			"title  = \"T\"\nkind   = 'k'\nyear   = 1\n",
		},
		"a long key stands out": {
			"[waiting]\nhelps='no'\nadvice='x'\nmuchlonger=1\n",
			"[waiting]\nhelps  = 'no'\nadvice = 'x'\nmuchlonger = 1\n",
		},
		"tables in order, the newest of an array with its own": {
			"[[faq]]\nq='1'\n[x]\n[faq.z]\ny=1\n[waiting]\nhelps='no'\n[[faq]]\na='4'\nq='3'\n",
			"[waiting]\nhelps = 'no'\n\n[[faq]]\nq = '1'\n\n[faq.z]\ny = 1\n\n[[faq]]\nq = '3'\na = '4'\n\n[x]\n",
		},
		"dotted keys become the table": {
			"waiting.helps='no' # why\nstatus . filter.a = 'x'\ntitle='T'\nwaiting.\"advice\"='a'\nlinks.a='b'\n[status.more]\n",
			"title  = 'T'\nlinks.a = 'b'\n\n[waiting]\nhelps  = 'no'   # why\nadvice = 'a'\n\n[status]\nfilter.a = 'x'\n\n[status.more]\n",
		},
		"unknown keys go to the end, quotes stay where they are needed": {
			"zz = 1\n\"a b\" . 'c' = 2\n\"日本\"=3\ntitle='T'\n",
			"title  = 'T'\nzz     = 1\n\"a b\".c = 2\n\"日本\"   = 3\n",
		},
		"lists": {
			"causes=[]\nslugs = [ 'a'\n , 'b', ]\nlinks={ a='b',\tc . d=[ 1,2 , ] }\n",
			"causes = []\nlinks  = { a = 'b', c.d = [1, 2] }\nslugs  = ['a', 'b']\n",
		},
		"a list of prose": {
			"causes = ['a', '''b\n c''']\n",
			"causes = [\n  'a',\n  '''b\n c''',\n]\n",
		},
		"strings stay as they are written": {
			"title = \"\"\"\n  a\\\n   b\\u00e9\"\"\" # c\nkind = '''x'''''\n",
			"title  = \"\"\"\n  a\\\n   b\\u00e9\"\"\"   # c\nkind   = '''x'''''\n",
		},
		"comments move with what they are about": {
			"# about kind\n# two\nkind='k'#why  \n\n# about title\n\n\ttitle='T'\n",
			"# about title\ntitle  = 'T'\n# about kind\n# two\nkind   = 'k'   #why\n",
		},
		"a comment with an empty line below belongs to what is above": {
			"# the file\n\nkind='k'\n# of kind\n\n# of title\ntitle='T'\n# end\n",
			"# the file\n\n# of title\ntitle  = 'T'\n# end\n\nkind   = 'k'\n# of kind\n",
		},
		"comments at tables": {
			"title='T'\n# of faq\n[[faq]] # f\n# head\n\nq='1'\n#of waiting\n[waiting]\n#empty",
			"title  = 'T'\n\n#of waiting\n[waiting]\n#empty\n\n# of faq\n[[faq]]   # f\n# head\n\nq = '1'\n",
		},
		"comments in lists": {
			"slugs = [ # first\n'a', # of a\n# of b\n'b' # also\n, # last\n]\ntags=[1\n,[ # x\n2]]\n",
			"slugs  = [\n  # first\n  'a',   # of a\n  # of b\n  'b',   # also\n  # last\n]\ntags   = [\n  1,\n  [ # x\n2],\n]\n",
		},
		"nothing at all":                  {"", ""},
		"only comments":                   {"\n# a\n\n# b\n", "# a\n# b\n"},
		"a date and a time on both sides": {"year = 1979-05-27 07:32:00\n[x]\n", "year   = 1979-05-27 07:32:00\n\n[x]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := formatFront(c.in)
			if diff := cmp.Diff(c.want, got); diff != "" || !ok {
				t.Errorf("Format(%q): %v (-want +got):\n%s", c.in, ok, diff)
			}
			if again, _ := formatFront(got); again != got {
				t.Errorf("Format of %q is %q", got, again)
			}
		})
	}
}

// formatFront formats front matter alone.
func formatFront(in string) (string, bool) {
	d, _ := Parse("x.md", []byte("+++\n"+in+"\n+++\n"))
	got, ok := d.Format(FormOf[everything]().Keys(), everythingLayout)
	return strings.TrimSuffix(strings.TrimPrefix(got, "+++\n"), "+++\n"), ok
}

func TestFormatFile(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"BOM and CRLF":        {"\ufeff+++\r\ntitle = '''\r\na\r\n'''\r\n+++\r\nText\r\n\r\nmore", "+++\ntitle  = '''\na\n'''\n+++\n\nText\n\nmore\n"},
		"empty lines around":  {"+++\n+++\n\n\n    code  \n\n\n", "+++\n+++\n\n    code  \n"},
		"no body":             {"+++\n+++", "+++\n+++\n"},
		"a body of blanks":    {"+++\n+++\n\n\n", "+++\n+++\n"},
		"not closed, so left": {"+++\r\nb=1\na=2", "+++\nb=1\na=2"},
		"no TOML, so left":    {"+++\nb=\n+++\n", "+++\nb=\n+++\n"},
		"too deep, so left":   {"+++\na" + strings.Repeat(".b", 30) + "=1\n+++\n", "+++\na" + strings.Repeat(".b", 30) + "=1\n+++\n"},
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := Parse("x.md", []byte(c.in))
			got, ok := d.Format(FormOf[everything]().Keys(), everythingLayout)
			if left := strings.HasSuffix(name, "left"); got != c.want || ok == left {
				t.Errorf("Format(%q) = %q, %v, want %q", c.in, got, ok, c.want)
			}
		})
	}
}

// FuzzFormat holds what must be true of every file: what is in order stays so,
// no value changes, and no comment and no letter of a string is lost.
func FuzzFormat(f *testing.F) {
	for _, seed := range []string{
		"b = 1 # c\n\n# d\n\na.b = 2\na.c = 3\n# e", "[[faq]]\n[[k3]]\n[faq.x]\na=1\n[[faq]]\n", "[a.b]\n[a]\n#\n\n#x\nc={d=[[],{}]}", "a=[#1\n1,#2\n#3\n2#4\n,#5\n]#6",
		"waiting.a=1\nwaiting.b.c=2\n[waiting.d]\n", "a=\"\"\"\n#\\\n\"\"\"#\n'b c'=''''a'''''", "a=[[\n1],{b=1,\n}]",
	} {
		f.Add(seed)
	}
	d, _ := Parse("x.md", readModel(f))
	f.Add(d.Front)
	keys := append(FormOf[everything]().Keys(), backwards()...)
	f.Fuzz(func(t *testing.T, front string) { checkFormat(t, front, keys, false) })
}

// FuzzFormatOfValid does the same with documents that are valid by construction.
func FuzzFormatOfValid(f *testing.F) {
	addChoices(f)
	f.Fuzz(func(t *testing.T, choices []byte) {
		w := writer{choices: choices}
		checkFormat(t, w.document(), backwards(), true)
	})
}

// backwards are keys in the order that is most wrong for the writer's names.
func backwards() []Key {
	var keys []Key
	for i := 400; i > 0; i-- {
		keys = append(keys, Key{Name: fmt.Sprintf("k%d", i), Type: Type(i) % (Customs + 1)})
	}
	for i := range keys {
		keys[i].Keys = keys[:i:i]
	}
	return keys
}

func checkFormat(t *testing.T, front string, keys []Key, valid bool) {
	t.Helper()
	d, findings := Parse("x.md", []byte("+++\r\n"+front+"\n+++\nbody"))
	if len(findings) > 0 || d.Body != "body" {
		return // a fence, or what the other parser refuses too: FuzzPlaces has it
	}
	once, ok := d.Format(keys, everythingLayout)
	if !ok {
		if valid && d.scan().problem == nil && !strings.Contains(front, "nan") {
			t.Fatalf("Format refuses %q", front)
		}
		return
	}
	again, findings := Parse("x.md", []byte(once))
	if len(findings) > 0 {
		t.Fatalf("Format(%q) = %q, of which Parse finds %s", front, once, card(findings))
	}
	if twice, ok := again.Format(keys, everythingLayout); twice != once || !ok {
		t.Errorf("Format(%q) = %q, and of that %q", front, once, twice)
	}
	was, p := decode(d.Front)
	is, q := decode(again.Front)
	if diff := cmp.Diff(was, is, sameValues); diff != "" || p != nil || q != nil {
		t.Errorf("Format(%q) = %q reads differently (-before +after):\n%s", front, once, diff)
	}
	if diff := cmp.Diff(literals(d.Front), literals(again.Front)); diff != "" {
		t.Errorf("Format(%q) = %q loses (-before +after):\n%s", front, once, diff)
	}
}

// literals are all comments, and all strings as they are written, as the other
// parser sees them, sorted.
func literals(front string) []string {
	var all []string
	p := unstable.Parser{KeepComments: true}
	p.Reset([]byte(front))
	var walk func(n *unstable.Node)
	walk = func(n *unstable.Node) {
		switch n.Kind {
		case unstable.Comment:
			all = append(all, strings.TrimRight(string(n.Data), " \t"))
		case unstable.String:
			all = append(all, string(p.Raw(n.Raw)))
		}
		if n.Kind == unstable.KeyValue {
			walk(n.Value())
			return
		}
		for children := n.Children(); children.Next(); {
			walk(children.Node())
		}
	}
	for p.NextExpression() {
		for n := p.Expression(); n.Valid(); n = n.Next() {
			walk(n)
		}
	}
	slices.Sort(all)
	return all
}

// The other parser is asked whether anything is lost, so it has to see it.
func TestLiterals(t *testing.T) {
	got := literals("# 1\na = 'x' # 2\n[b] # 3\nc = [ # 4\n'y', # 5\n[\"z\"], {d = '''\nw'''}, # 6\n]\n\"e\" = 1\n# 7")
	want := []string{"\"z\"", "# 1", "# 2", "# 3", "# 4", "# 5", "# 6", "# 7", "'''\nw'''", "'x'", "'y'"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("literals (-want +got):\n%s", diff)
	}
}
