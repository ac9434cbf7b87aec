// Finds the page of an error text, in the reader's browser: the text is sent
// nowhere. This is the walker of internal/match once more, step by step; both
// come to the same ranking, which the audit holds them to.

// What stands before a word, as bits.
const APART = 1, ASSIGNED = 2, COMPARED = 4, OPENED = 8, STOPPED = 16, LINE = 32, BROKEN = 64, QUOTED = 128, JOINED = 256;
const UNKNOWN = -1, NUMBER = 0, ALONE = 1, LONGEST = 64, MAX_TEXT = 65536;

// fold: a character as it is compared; 0 ends a word, -1 is none of it.
const LATIN = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
const fold = (c) => {
  if (c < 0x80) {
    if (c > 96 && c < 123 || c > 47 && c < 58) return c;
    return c > 64 && c < 91 ? c + 32 : 0;
  }
  if (c === 0xad || c >= 0x300 && c <= 0x36f || c >= 0x200b && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0xfe00 && c <= 0xfe0f || c === 0xfeff) return -1;
  if (c < 0xc0) return 0;
  if (c < 0x180) {
    const l = LATIN.charCodeAt(c - 0xc0);
    return l === 32 ? 0 : l;
  }
  if (c >= 0x391 && c <= 0x3a9 || c >= 0x410 && c <= 0x42f) return c + 0x20;
  if (c >= 0x400 && c <= 0x40f) return c + 0x50;
  if (c >= 0x2000 && c < 0x2c00 || c >= 0x3000 && c < 0x3040 || c >= 0xe000 && c < 0xf900 || c === 0xfffd || c >= 0x1f000) return 0;
  if (c >= 0xff01 && c <= 0xff5e) return fold(c - 0xfee0);
  return c >= 0xff00 ? 0 : c;
};
const ALNUM = Uint8Array.from({ length: 128 }, (_, c) => +(fold(c) > 0));
const alnum = (c) => c < 128 && ALNUM[c] === 1;
const ideograph = (c) => c >= 0x3040 && c < 0xa000;

// tail: the end of a text that is read, counted in bytes of UTF-8.
const tail = (text) => {
  if (text.length * 3 <= MAX_TEXT) return text;
  let bytes = new TextEncoder().encode(text);
  if (bytes.length <= MAX_TEXT) return text;
  bytes = bytes.subarray(bytes.length - MAX_TEXT);
  let at = 0;
  while (at < bytes.length && bytes[at] >> 6 === 2) at++;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at));
};

// characters hands each character to take, as it was before escaping; letters
// and digits of ASCII come as a run, which is most of any text.
const ENTITIES = ["&amp;", "&quot;", "&#34;", "&#39;", "&#x27;", "&apos;", "&lt;", "&gt;", "&nbsp;"];
const NOTHING = 0x200b, BLANK = 32, ESC = 0x1b;
const characters = (whole, take, run) => {
  const text = tail(whole), end = text.length, low = /^[\0-\x7f]*$/.test(text) && text.toLowerCase();
  let at = 0;
  const hex = (from, digits) => {
    let n = 0;
    for (let i = from; i < from + digits; i++) {
      const c = text.charCodeAt(i), low = c | 32;
      if (c >= 48 && c <= 57) n = n << 4 | c - 48;
      else if (low > 96 && low < 103 && c < 128) n = n << 4 | low - 87;
      else return -1;
    }
    return n;
  };
  const plain = (n) => n === ESC || n >= 32 && n < 127 ? n : BLANK;
  const control = () => {
    if (text[at] !== "[") return NOTHING;
    let i = at + 1;
    while (i < end && i < at + 32 && (text[i] >= "0" && text[i] <= "?" || text[i] === " ")) i++;
    if (i < end && text[i] >= "@" && text[i] <= "~" && text[i] !== "\\") at = i + 1;
    return NOTHING;
  };
  const coded = (c) => c === ESC ? control() : c < BLANK ? BLANK : c >= 0xd800 && c < 0xe000 ? 0xfffd : c;
  const backslash = () => {
    while (text[at] === "\\") at++;
    let n;
    switch (text[at]) {
      case "n": case "r": case "t": case "f": case "v": case "b":
        at++;
        return BLANK;
      case "u":
        if ((n = hex(at + 1, 4)) < 0) return BLANK;
        at += 5;
        return coded(n);
      case "x":
        if ((n = hex(at + 1, 2)) < 0) return BLANK;
        at += 3;
        return coded(plain(n));
      case "0":
        if (text.substr(at, 3) !== "033") return BLANK;
        at += 3;
        return control();
    }
    return BLANK;
  };
  while (at < end) {
    const c = text.charCodeAt(at);
    if (alnum(c)) {
      const from = at;
      let digits = c < 58, next;
      while (++at < end && alnum(next = text.charCodeAt(at))) digits = digits && next < 58;
      run(low ? low.slice(from, at) : text.slice(from, at).toLowerCase(), digits);
    } else if (c === 92) take(backslash());
    else if (c === ESC) {
      at++;
      take(control());
    } else if (c === 37 && hex(at + 1, 2) >= 0) {
      const n = hex(at + 1, 2);
      at += 3;
      take(plain(n));
    } else {
      const entity = c === 38 && ENTITIES.find((name) => text.startsWith(name, at));
      if (entity) {
        at += entity.length;
        take(BLANK);
      } else {
        const full = text.codePointAt(at);
        at += full > 0xffff ? 2 : 1;
        take(full >= 0xd800 && full < 0xe000 ? 0xfffd : full);
      }
    }
  }
};

// split cuts a text into words: lists of the id, line, value and gap of each.
const split = (text, known) => {
  const ids = [], lines = [], values = [], gaps = [];
  let now = "", size = 0, digits = true, before = "", last = 0, gap = 0, marks = 0, line = 0;
  const letters = (run, count, numeric) => {
    digits = (!size || digits) && numeric;
    if (size + count <= LONGEST) now = size ? now + run : run;
    size += count;
  };
  const end = () => {
    if (!size) return;
    const number = digits && !(size === 1 && now === "0"), id = number ? NUMBER : size <= LONGEST ? known(now) : UNKNOWN;
    const old = ids.length - 1;
    let whole = UNKNOWN; // a word that a line break went through
    if (gap & LINE && old >= 0 && last + size <= LONGEST && !(ids[old] > NUMBER && id > NUMBER)) whole = known(before + now);
    if (whole !== UNKNOWN) {
      ids[old] = whole;
      values[old] = 0;
      before += now;
      last += size;
    } else {
      ids.push(id);
      lines.push(line);
      values.push(number && size === 3 ? +now : 0);
      gaps.push(gap);
      before = now;
      last = size;
    }
    now = "";
    size = gap = marks = 0;
  };
  const mark = (c) => {
    marks++;
    switch (c) {
      case 32: case 9: case 13: case 0x2502: case 124: // blank, tab, return, │ |
        gap |= APART;
        return;
      case 10:
        if (!(gap & STOPPED)) gap |= LINE;
        line++;
        gap |= APART | BROKEN;
        return;
      case 34: case 39: case 96: case 92: case 42: case 0x201c: case 0x2018: // " ' ` \ * “ ‘
        if (gap & ASSIGNED) gap |= QUOTED;
        gap = gap & ~LINE | STOPPED | APART;
        return;
      case 95: case 45: case 46: case 47: case 64: // _ - . / @
        gap = gap & ~(ASSIGNED | OPENED | LINE) | STOPPED;
        break;
      case 58: // :
        gap = gap & ~(OPENED | LINE) | ASSIGNED | STOPPED;
        break;
      case 61: // =
        if (gap & ASSIGNED) gap |= COMPARED;
        gap = gap & ~(OPENED | LINE) | ASSIGNED | STOPPED | APART;
        break;
      case 40: case 91: case 123: case 60: // ( [ { <
        if (!(gap & ASSIGNED)) gap |= OPENED;
        gap = gap & ~LINE | STOPPED | APART;
        break;
      default:
        gap = gap & ~(ASSIGNED | OPENED | LINE) | STOPPED | APART;
    }
    if (marks > 1) gap = gap & ~JOINED | APART;
    else if (c === 95) gap |= JOINED;
  };
  characters(text, (c) => {
    const folded = fold(c);
    if (folded < 0) return;
    if (!folded) {
      end();
      mark(c);
      return;
    }
    if (ideograph(folded)) end();
    letters(String.fromCodePoint(folded), 1, folded > 47 && folded < 58);
    if (ideograph(folded)) end();
  }, (run, numeric) => letters(run, run.length, numeric));
  end();
  return { ids, lines, values, gaps };
};

// plainWords: the folded words of a text, numbers as they stand.
const plainWords = (text) => {
  const list = [];
  let now = "", size = 0;
  const end = () => {
    if (size && size <= LONGEST) list.push(now);
    now = "";
    size = 0;
  };
  const letters = (run, count) => {
    now += run;
    size += count;
  };
  characters(text, (c) => {
    const folded = fold(c);
    if (folded < 0) return;
    if (!folded || ideograph(folded)) end();
    if (folded) letters(String.fromCodePoint(folded), 1);
    if (ideograph(folded)) end();
  }, (run) => letters(run, run.length));
  end();
  return list;
};

// What a phrase is, by number as in the program, and what a mark is worth.
const CODE = 0, TYPE = 1, HOST = 2, LINK = 5, NAME = 9, MODEL = 11, WRAPPER = 12, STRANGER = 13;
const WORTH = [0, 0, 14, 9, 10, 8, 8, 7, 6, 5, 6, 3, 0, 0];
const MARKS = ["hosts", "keys", "headers", "links", "phrases", "env", "sdk", "names", "clients", "models"];
const THRESHOLD = 24, UNMARKED = 40, STRANGE = 60, LEAST = 8, HINT = 4, LABELLED = 6, BY = 6, RUN_ON = -6, FILLED = 20, HALF = 10, CODE_ALONE = 12, SHORT_TEXT = 16, COMMON = 60;
const WORLD = 511, WIDEST = 60, NEARBY = 60, POSTING = 400, SHORT_MESSAGE = 3, MOST_MARKED = 26, MOST_MATCHES = 12;
const div = (a, b) => Math.trunc(a / b);
const WORDS = 131072, pairKey = (a, b) => a * WORDS + b; // small numbers where they can be: they make the faster keys
const wordsKey = (a, b, gap) => gap & JOINED ? -1 - pairKey(a, b) : pairKey(a, b);

// parts: what stands between the placeholders of a message.
const parts = (text) => {
  const list = [];
  let from = 0, at = 0;
  for (;;) {
    const open = text.indexOf("{", at);
    if (open < 0) return list.push(text.slice(from)), list;
    const end = text.slice(open + 1).search(/[{}":,]/);
    if (end < 0 || text[open + 1 + end] !== "}") {
      at = open + 1;
      continue;
    }
    list.push(text.slice(from, open));
    from = at = open + 1 + end + 1;
  }
};

// pieces puts the words of a text of the index into row, as triples of id, gap
// and value, and tells how long it is. Most texts are plain: one pattern cuts
// them, each word with the one sign that ties it to the next. What stands before
// the first word is nobody's question.
const PLAIN = /^[ -$'-[\]-~]*$/, row = [];
const pieces = (text, learn) => {
  let n = 0, gap = 0;
  const put = (id, gap, value) => {
    row[n++] = id;
    row[n++] = gap;
    row[n++] = value;
  };
  if (!PLAIN.test(text)) {
    const { ids, values, gaps } = split(text, learn);
    ids.forEach((id, i) => put(id, gaps[i] & (APART | JOINED), values[i]));
    return n;
  }
  for (let word of text.toLowerCase().match(/[a-z0-9]+(?:[-./@:_](?=[a-z0-9]))?/g) || []) {
    const last = word.charCodeAt(word.length - 1), tied = !ALNUM[last];
    if (tied) word = word.slice(0, -1);
    const number = word.charCodeAt(0) < 58 && word !== "0" && /^\d+$/.test(word);
    put(number ? NUMBER : word.length <= LONGEST ? learn(word) : UNKNOWN, gap, number && word.length === 3 ? +word : 0);
    gap = tied ? last === 95 ? JOINED : 0 : APART;
  }
  return n;
};

// open makes an index ready to be asked. Entries may be added as they come: what
// depends on all of them is counted before the next question.
export const open = (index) => {
  const ids = new Map(), rarity = [], held = [], last = [], messages = [], pairs = new Map(), phrases = new Map(), numeric = new Map();
  const weight = index.providers.map(() => 0);
  const learn = (w) => {
    let id = ids.get(w);
    if (id === undefined) {
      ids.set(w, id = rarity.length);
      rarity.push(8);
      held.push(0);
      last.push(-1);
    }
    return id;
  };
  learn("#");
  learn("");
  const into = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);
  const set = (list) => new Set(list.split(" ").map(learn));
  const status = set(index.status_words), label = set(index.label_words), scheme = set("http https"), codeWord = learn("code");
  const filler = index.filler_words.split(" ");

  // Where a pair of words stands: places by number, those of a message in a row,
  // those of a pair chained from its first one on.
  const owner = [], keys = [], next = [], end = [];
  let loose;
  const addPlace = (key) => {
    const k = keys.push(key) - 1, first = pairs.get(key) ?? k;
    owner.push(messages.length);
    next.push(-1);
    end.push(k);
    if (first < k) next[end[first]] = k;
    else pairs.set(key, k);
    end[first] = k;
  };
  const addPhrase = (use, owner, text) => {
    const n = pieces(text, learn), p = { use, owner, text, words: [], close: [], after: ".-_/".includes(text[text.length - 1]) };
    for (let k = 0; k < n; k += 3) {
      if (row[k] === UNKNOWN) return;
      p.words.push(row[k]);
      p.close.push(k > 0 && !(row[k + 1] & APART));
    }
    const [first, second] = p.words;
    if (n === 3 && first === NUMBER) {
      if (use === CODE && row[2]) into(numeric, row[2], p);
    } else if (n) into(phrases, n > 3 ? pairKey(first, second) : pairKey(ALONE, first), p);
  };
  const add = (e) => {
    const i = index.entries.push(e) - 1;
    const read = (text) => {
      const n = pieces(text, learn);
      for (let k = 0; k < n; k += 3) {
        const id = row[k];
        if (id === UNKNOWN || last[id] === i) continue;
        last[id] = i;
        held[id]++;
      }
      return n;
    };
    (e.messages || []).forEach((text, number) => {
      const from = keys.length;
      for (const part of parts(text)) {
        const n = read(part);
        if (n === 3 && row[0] > ALONE) addPlace(pairKey(ALONE, row[0]));
        for (let k = 3; k < n; k += 3) {
          if (row[k - 3] !== UNKNOWN && row[k] !== UNKNOWN) addPlace(wordsKey(row[k - 3], row[k], row[k + 1]));
        }
      }
      messages.push({ entry: i, number, from, end: keys.length, sums: null });
    });
    read(e.name);
    read(e.also || "");
    for (const c of e.code || []) addPhrase(CODE, i, c);
    for (const c of e.type || []) addPhrase(TYPE, i, c);
    weight[e.p]++;
    loose = true;
  };
  const count = () => {
    const size = index.entries.length;
    held.forEach((n, id) => { if (n) rarity[id] = 32 - Math.clz32(div(WORLD, Math.max(size > WORLD ? div(n * WORLD, size) : n, 1))); });
    rarity[NUMBER] = 1;
    const owners = new Map(), own = (p) => index.entries[p.owner].p + " " + p.text;
    const all = [...phrases.values()].flat().filter((p) => p.use <= TYPE);
    for (const p of all) owners.set(own(p), (owners.get(own(p)) || 0) + 1);
    for (const p of all) p.less = 2 * Math.max(0, 30 - Math.clz32(owners.get(own(p)) - 1));
    for (const msg of messages) msg.sums = null;
    loose = false;
  };
  // sumsOf tells what the places of a message up to each are worth.
  const sumsOf = (msg) => {
    if (msg.sums) return msg.sums;
    let sum = 0;
    return msg.sums = [0, ...keys.slice(msg.from, msg.end).map((key) => {
      if (key < 0) key = -1 - key;
      const a = div(key, WORDS);
      return sum += (a === ALONE ? 0 : rarity[a]) + rarity[key % WORDS];
    })];
  };
  index.providers.forEach((p, i) => MARKS.forEach((kind, n) => (p.marks[kind] || []).forEach((mark) => addPhrase(HOST + n, i, mark))));
  (index.wrappers || []).forEach((w, i) => w.marks.forEach((mark) => addPhrase(WRAPPER, i, mark)));
  (index.strangers || []).forEach((s, i) => s.marks.forEach((mark) => addPhrase(STRANGER, i, mark)));
  index.entries.splice(0).forEach(add);

  // walk reads a text once.
  const walk = (text) => {
    const { ids: id, lines, values, gaps } = split(text, (w) => ids.get(w) ?? UNKNOWN), n = id.length;
    const runs = new Map(), codes = new Map(), marks = [], statuses = [];
    let foreign = false, covered = 0;
    const between = APART | ASSIGNED;
    const single = (i) => (i === 0 || gaps[i] & between) && (i + 1 === n || gaps[i + 1] & between);
    const isStatus = (i) => {
      const v = values[i];
      if (v < 400 || v > 599) return false;
      if (i === 0 || i + 1 < n && status.has(id[i + 1])) return true;
      for (let k = Math.max(0, i - 3); k < i; k++) if (status.has(id[k])) return true;
      return false;
    };
    const keep = (entry, c) => {
      const old = codes.get(entry);
      if (!old) codes.set(entry, c);
      else if (c.weight > old.weight) Object.assign(old, c);
    };
    const take = (key, first, end, w) => {
      const start = pairs.get(key);
      if (start === undefined) return;
      for (let at = start, n = 0; at >= 0 && n < POSTING; at = next[at], n++) {
        const message = owner[at];
        let r = runs.get(message);
        if (!r) runs.set(message, r = { score: 0, first: 0, end: 0, from: 0, to: 0, best: { score: 0 } });
        const near = r.score > 0 && end - r.end <= WIDEST;
        if (near && r.end === end && r.to !== at) continue;
        if (near && at > r.to) {
          r.score += w;
          r.to = at;
          r.end = end;
        } else if (near && r.score > 3 * w) continue;
        else {
          r.score = w;
          r.first = first;
          r.end = end;
          r.from = r.to = at;
        }
        if (r.score > r.best.score) r.best = { score: r.score, first: r.first, end: r.end, from: r.from, to: r.to };
      }
    };
    const stands = (p, i) => {
      if (i + p.words.length > n) return false;
      for (let k = 0; k < p.words.length; k++) if (id[i + k] !== p.words[k] || p.close[k] && gaps[i + k] & APART) return false;
      const next = i + p.words.length;
      return !p.after || next < n && !(gaps[next] & APART);
    };
    const address = (i) => { if (i > 0 && scheme.has(id[i - 1]) && gaps[i] & STOPPED) foreign = true; };
    const code = (p, i) => {
      const before = gaps[i], next = i + p.words.length;
      const inName = i > 0 && !(before & APART) || next < n && !(gaps[next] & (APART | ASSIGNED));
      const value = !inName && (!!(before & (ASSIGNED | OPENED)) && !(before & COMPARED) || next < n && !!(gaps[next] & ASSIGNED));
      let w = p.words.reduce((sum, word) => sum + rarity[word], 0);
      if (p.use === TYPE) w = div(w, 2);
      if (!value) w = div(w, 3);
      else if (p.words.length > 1 || p.text.length >= 10) w += 6;
      keep(p.owner, { phrase: p, weight: Math.max(1, w - p.less), at: i, value });
    };
    const look = (i) => {
      const before = marks.length;
      let longest = 0;
      const through = (list) => {
        for (const p of list) {
          if (!stands(p, i)) continue;
          if (p.use <= TYPE) code(p, i);
          else if (i >= covered && p.words.length >= longest) {
            if (p.words.length > longest) {
              longest = p.words.length;
              marks.length = before;
            }
            marks.push(p);
          }
        }
      };
      const alone = phrases.get(pairKey(ALONE, id[i])), pair = i + 1 < n && id[i + 1] > UNKNOWN && phrases.get(pairKey(id[i], id[i + 1]));
      if (alone) through(alone);
      if (pair) through(pair);
      if (longest) covered = i + longest;
      else address(i);
    };
    for (let i = 0; i < n; i++) {
      const one = id[i];
      if (one === UNKNOWN) {
        address(i);
        continue;
      }
      if (one === NUMBER) {
        if (isStatus(i)) statuses.push(values[i]);
        if (i > 0 && gaps[i] & QUOTED && id[i - 1] === codeWord) {
          for (const p of numeric.get(values[i]) || []) keep(p.owner, { phrase: p, weight: CODE_ALONE, at: i, value: true });
        }
      } else if (single(i)) take(pairKey(ALONE, one), i, i, rarity[one]);
      if (i > 0 && id[i - 1] !== UNKNOWN) take(wordsKey(id[i - 1], one, gaps[i]), i - 1, i, rarity[id[i - 1]] + rarity[one]);
      look(i);
    }
    return { id, lines, gaps, runs, codes, marks, statuses, foreign };
  };

  // judge gathers the evidence for each entry that the text hints at.
  const judge = (w) => {
    const { id: word, gaps } = w, n = word.length, found = new Map();
    const ends = STOPPED | BROKEN;
    const of = (entry) => {
      if (!found.has(entry)) found.set(entry, { entry, message: -1, kin: -1, said: 0, full: false, whole: 0, shape: 0, coded: 0 });
      return found.get(entry);
    };
    const byItself = (s) => !(s.first > 0 && !(gaps[s.first] & ends) && word[s.first - 1] !== NUMBER) && (s.end + 1 === n || !!(gaps[s.end + 1] & ends));
    for (const [id, r] of w.runs) {
      const msg = messages[id], s = r.best, sums = sumsOf(msg), total = sums[sums.length - 1];
      const head = sums[s.from - msg.from], rest = total - sums[s.to + 1 - msg.from];
      let lost = total - head - rest - s.score, kept = s.score;
      const some = s.score * 6 >= total;
      if (some && s.first <= 1) kept -= Math.min(div(kept, 4), div(head, 8));
      else lost += 2 * head;
      if (some && s.end >= n - 2) kept -= Math.min(div(kept, 4), div(rest, 8));
      else lost += 2 * rest;
      if (s.end - s.first < SHORT_MESSAGE && !byItself(s)) continue;
      const whole = div(s.score * 1000, Math.max(1, s.score + lost)), said = Math.max(1, div(kept * whole, 1000));
      if (said < HINT) continue;
      const e = of(msg.entry);
      let shape = 0;
      if (whole >= 800 && said >= 5) {
        if (s.first > 0 && gaps[s.first] & ASSIGNED && label.has(word[s.first - 1])) shape += LABELLED;
        if (byItself(s)) shape += BY;
        else if (s.end - s.first <= SHORT_MESSAGE) shape += RUN_ON;
        const share = (s.end - s.first + 1) * 10;
        if (share >= n * 8) shape += FILLED;
        else if (share >= n * 4 && s.end > s.first + 1) shape += HALF;
      }
      const better = said + shape - e.said - e.shape;
      if (e.message < 0 || better > 0 || better === 0 && msg.number < e.message) {
        Object.assign(e, { message: msg.number, span: s, said, whole, shape, full: s.score === total });
      }
    }
    for (const [entry, c] of w.codes) {
      const e = of(entry);
      e.coded = c.weight;
      if (c.value && n <= SHORT_TEXT && c.weight >= CODE_ALONE) e.coded += CODE_ALONE;
      if (e.message < 0) e.span = { first: c.at, end: c.at + c.phrase.words.length - 1 };
    }
    const who = whoIn(w.marks), all = [...found.values()];
    for (const e of all) place(e, w, who);
    const list = all.filter((e) => enough(e, w.foreign));
    if (list.length) return list;
    const kin = kinOf(all, w, who);
    return kin && enough(kin, w.foreign) ? [kin] : [];
  };

  // whoIn is what the marks in a text tell.
  const whoIn = (marks) => {
    const sums = index.providers.map(() => 0), sure = index.providers.map(() => false), seen = new Set();
    const who = { sums, sure, told: false, certain: false, stranger: false };
    for (const p of marks) {
      if (seen.has(p) || p.use === WRAPPER) continue;
      if (p.use === STRANGER) {
        who.stranger = true;
        continue;
      }
      seen.add(p);
      const certain = p.use >= HOST && p.use <= LINK;
      sums[p.owner] = Math.min(MOST_MARKED, sums[p.owner] + WORTH[p.use]);
      sure[p.owner] ||= certain;
      if (!index.providers[p.owner].gateway) {
        who.told ||= p.use <= NAME;
        who.certain ||= certain;
      }
    }
    return who;
  };
  const agree = (own = [], statuses) => !own.length || !statuses.length ? 0 : statuses.some((v) => own.includes(v)) ? 4 : -6;
  // place adds what the marks say to what an entry has.
  const place = (e, w, who) => {
    const entry = index.entries[e.entry];
    e.status = agree(entry.http, w.statuses);
    e.marked = who.sums[entry.p];
    e.score = e.said + e.shape + e.coded + e.status + e.marked - (!e.marked && who.certain ? 8 : 0);
    e.others = !who.sure[entry.p] && (who.stranger || !e.marked && who.told && e.said < COMMON);
  };
  // kinOf is for a text that names a provider and says in common words what only
  // others are known to say so.
  const kinOf = (found, w, who) => {
    let best = 0, at = -1;
    who.sums.forEach((sum, i) => {
      if (sum > best) [best, at] = [sum, i];
      else if (sum === best) at = -1;
    });
    if (at < 0 || who.stranger) return null;
    let said = null;
    for (const e of found) {
      if (!e.others || !e.full || e.shape <= 0) continue;
      const more = said ? e.said + e.shape - said.said - said.shape : 1;
      if (more > 0 || more === 0 && e.entry < said.entry) said = e;
    }
    if (!said) return null;
    const like = index.entries[said.entry];
    let fit = -1, kin = null;
    index.entries.forEach((entry, i) => {
      if (entry.p !== at || entry.kind !== like.kind) return;
      const fits = 1 + agree(entry.http, w.statuses) + (entry.slug === like.slug ? 2 : 0);
      if (fits > fit) {
        fit = fits;
        kin = { ...said, entry: i, message: -1, kin: said.entry, coded: 0 };
      }
    });
    if (kin) place(kin, w, who);
    return kin;
  };
  const enough = (e, foreign) => {
    let need = THRESHOLD;
    if (e.said + e.shape + e.coded < LEAST || e.others) return false;
    if (!(e.kin >= 0 || e.marked > 0 || e.shape >= FILLED || e.shape > 0 && e.coded >= CODE_ALONE || e.coded >= 2 * CODE_ALONE && !foreign)) {
      if (e.whole < 700 && e.coded < 2 * CODE_ALONE) return false;
      if (foreign) need = STRANGE;
      else if (e.said < THRESHOLD) need = UNMARKED;
    }
    return e.score >= need;
  };

  const provider = (e) => index.providers[index.entries[e.entry].p];
  const overlap = (a, b) => a.first <= b.end && b.first <= a.end;
  const samePlace = (e, other) => overlap(e.span, other.span) || e.message < 0 && e.span.first - other.span.end <= NEARBY && other.span.first - e.span.end <= NEARBY;
  const likelier = (a, b) => {
    const x = index.entries[a.entry].p, y = index.entries[b.entry].p;
    return !!a.demoted - !!b.demoted || b.score - a.score || !!index.providers[x].gateway - !!index.providers[y].gateway || weight[y] - weight[x] || (a.message >>> 0) - (b.message >>> 0) || a.entry - b.entry;
  };

  // find ranks the entries that a text is about, the likeliest first.
  const find = (text) => {
    if (loose) count();
    const read = tail(text), first = text.slice(0, text.length - read.length).split("\n").length;
    const w = walk(read), list = judge(w);
    const wrapper = w.marks.find((p) => p.use === WRAPPER);
    let via = wrapper ? index.wrappers[wrapper.owner].name : "";
    const gate = w.marks.find((p) => p.use < MODEL && index.providers[p.owner].gateway);
    if (gate) {
      via = index.providers[gate.owner].name;
      for (const outer of list) {
        if (index.entries[outer.entry].p === gate.owner) {
          outer.demoted = list.some((inner) => !provider(inner).gateway && inner.said >= THRESHOLD - 4 && inner.whole >= 700 && !overlap(inner.span, outer.span));
        }
      }
    }
    list.sort(likelier);
    const out = [];
    for (const x of list.slice(0, MOST_MATCHES)) {
      x.instead = -1;
      const other = out.find((o) => o.instead < 0 && samePlace(x, o));
      if (other) x.instead = other.entry;
      if (other || !out.length || x.message < 0 || x.whole >= 700) out.push(x);
    }
    for (const x of out) {
      const sure = div(x.score * 1000, x.score + 12);
      if (x.instead >= 0) {
        const leader = out.find((o) => o.entry === x.instead);
        x.confidence = div(sure * 20, 40 + 2 * Math.max(0, leader.score - x.score));
      } else {
        const lead = out.reduce((least, o) => o.instead === x.entry ? Math.min(least, Math.max(0, x.score - o.score)) : least, 20);
        x.confidence = div(sure * (20 + lead), 40);
      }
      x.line = first + w.lines[x.span.first];
      x.reasons = reasons(w, out, x, via);
    }
    return out;
  };
  const reasons = (w, list, e, via) => {
    const entry = index.entries[e.entry], out = [];
    if (e.message >= 0) out.push([e.full ? "said" : "part", entry.messages[e.message]]);
    if (e.kin >= 0) out.push(["kin", index.providers[index.entries[e.kin].p].slug + "/" + index.entries[e.kin].slug]);
    if (e.coded > 0) out.push(["code", w.codes.get(e.entry).phrase.text]);
    if (e.status > 0) out.push(["status", "" + w.statuses.find((v) => entry.http.includes(v))]);
    let best = 0, mark = "";
    for (const p of w.marks) if (p.use < WRAPPER && p.owner === entry.p && WORTH[p.use] > best) [best, mark] = [WORTH[p.use], p.text];
    if (mark) out.push(["mark", mark]);
    if (via && via !== index.providers[entry.p].name) out.push(["via", via]);
    for (const o of list) {
      const p = index.entries[o.entry].p;
      if (p !== entry.p && o.message >= 0 && e.message >= 0 && overlap(o.span, e.span) && o.said === e.said && o.marked === e.marked) out.push(["shared", index.providers[p].slug]);
    }
    return out;
  };

  // search finds entries by words: every word that tells anything must stand in
  // an entry, the last one may be unfinished, and each may hold one slip.
  let shelf;
  const fill = () => {
    shelf = new Map();
    index.entries.forEach((e, i) => {
      const p = index.providers[e.p];
      const add = (text, weight) => {
        for (const w of plainWords(text)) {
          let where = shelf.get(w);
          if (!where) shelf.set(w, where = []);
          const spot = where[where.length - 1];
          if (spot && spot.i === i) spot.weight = Math.max(spot.weight, weight);
          else where.push({ i, weight });
        }
      };
      for (const c of [...e.code || [], ...e.type || [], ...(e.http || []).map(String)]) add(c, 12);
      for (const name of [e.name, p.name, ...p.marks.names || []]) add(name, 10);
      add(index.kinds[e.kind], 5);
      for (const text of e.messages || []) add(text, 5);
      add(e.also || "", 3);
    });
  };
  const search = (text) => {
    const all = text.length > 800 || [...text].length > 400 ? [] : plainWords(text);
    const telling = all.filter((w) => !filler.includes(w)), asked = telling.length ? telling : all;
    if (!asked.length || asked.length > 8) return [];
    if (!shelf) fill();
    let scores = null;
    for (const word of asked) {
      const fits = new Map();
      const note = (where, fit) => { for (const { i, weight } of where) fits.set(i, Math.max(fits.get(i) || 0, weight * fit)); };
      const exact = shelf.get(word), size = [...word].length;
      if (exact) note(exact, 4);
      for (const [w, where] of shelf) {
        if (where === exact) continue;
        if (size >= 2 && w.startsWith(word)) note(where, 3);
        else if (!exact && size >= 4 && oneSlip(word, w)) note(where, 1);
      }
      if (scores) for (const i of [...scores.keys()]) fits.has(i) ? scores.set(i, scores.get(i) + fits.get(i)) : scores.delete(i);
      else scores = fits;
    }
    return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12).map(([i]) => i);
  };
  return { index, add, find, search };
};

const oneSlip = (x, y) => {
  if (Math.abs(x.length - y.length) > 2) return false; // pairs of code units count as one
  let a = [...x], b = [...y];
  if (a.length > b.length) [a, b] = [b, a];
  if (b.length - a.length > 1) return false;
  const same = (i, j) => a.slice(i).join("") === b.slice(j).join("");
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (a.length < b.length) return same(i, i + 1);
  if (i === a.length) return false;
  return same(i + 1, i + 1) || i + 1 < a.length && a[i] === b[i + 1] && a[i + 1] === b[i] && same(i + 2, i + 2);
};

// masker hides keys, tokens, e-mail addresses and ids of accounts.
const secretPart = (part) => {
  if (/^\d*$/.test(part)) return part.length >= 10;
  if (/\d/.test(part)) return part.length >= 16;
  return part.length >= 40 && /[a-z]/.test(part) && /[A-Z]/.test(part);
};
// What an encoder or a terminal put before a key is no part of it: \n, %20, a colour.
const COLOUR = "(?:\\[[ 0-?]{0,31}[@-[\\]-~])?", HEX = "[0-9A-Fa-f]";
export const masker = (prefixes) => {
  const hidden = new RegExp(`\\\\+(?:(?!${prefixes.join("|")})(?:(?:u001[bB]|x1[bB]|033)${COLOUR}|u${HEX}{4}|x${HEX}{2}|[nrtfvb]))?|\x1b${COLOUR}|%${HEX}{2}|[\\w-][\\w.+-]*(@[\\w-]+(?:\\.[\\w-]+)+)?`, "g");
  const run = (run) => {
    const prefix = prefixes.find((p) => run.startsWith(p) && /^(?=.*[0-9A-Z]).{8}|^[a-z]{20}/.test(run.slice(p.length)));
    if (prefix) return prefix + "***";
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(run)) return "***";
    return run.replace(/[0-9a-z]+/gi, (part) => secretPart(part) ? "***" : part);
  };
  return (text) => text.replace(hidden, (part, host) => host ? "***" : /^[\w-]/.test(part) ? part.replace(/[\w-]+/g, run) : part);
};

// read opens an index while it arrives: each entry stands in a line of its own.
export const read = async (answer) => {
  const reader = answer.body.getReader(), decoder = new TextDecoder();
  let book, text = "";
  for (let last = false; !last;) {
    const part = await reader.read();
    text += decoder.decode(part.value, { stream: true });
    last = text.endsWith("\n]}\n");
    if (part.done && !last) throw Error("cut off");
    if (!book) {
      const head = text.indexOf("\n");
      if (head < 0) continue;
      book = open(JSON.parse(text.slice(0, head) + "]}"));
      text = text.slice(head);
    }
    const end = last ? text.length - 4 : text.lastIndexOf(",\n");
    if (end < 0) continue;
    JSON.parse("[" + text.slice(0, end) + "]").forEach(book.add);
    text = text.slice(end + 1);
  }
  return book;
};

// start makes the box of the page work, or one of its own in a dialog, and gives
// back what shows it.
export const start = async (answer, box, link) => {
  const { index, find, search } = await read(answer), { say, site } = index, mask = masker(index.secret_prefixes);
  const make = (name, more, ...inside) => {
    const { role, ...props } = more, e = Object.assign(document.createElement(name), props);
    if (role) e.setAttribute("role", role);
    e.append(...inside);
    return e;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  let dialog;
  if (!box) {
    box = make("div", { className: "find" },
      make("h2", {}, make("label", { htmlFor: "find-text", textContent: say.heading })),
      make("textarea", { id: "find-text", rows: 5 }),
      make("p", { className: "note", textContent: say.note }));
    const close = make("button", { className: "close", textContent: say.close, onclick: () => dialog.close() });
    dialog = make("dialog", { className: "finder", ariaLabel: say.heading, onclick: (e) => e.target === dialog && dialog.close() }, box, close);
    document.body.append(dialog);
  }
  const area = box.querySelector("textarea");
  const told = make("p", { className: "say", role: "status" }), list = make("ol", { className: "found list" }), after = make("p", { className: "after" });
  box.append(told, list, after);
  const links = () => [...list.querySelectorAll("a")];
  const own = location.pathname === site.find;

  const why = ([kind, text]) => {
    const other = index.providers.find((p) => p.slug === text);
    return kind === "shared" ? fill(say.shared, { provider: other.name, host: (other.marks.hosts || [""])[0] }) : fill(say[kind], { evidence: text });
  };
  const row = (entry, match) => {
    const e = index.entries[entry], p = index.providers[e.p];
    const of = [p.name, e.http && "HTTP " + e.http.join(", "), match && fill(say.sure, { count: Math.floor(match.confidence / 10) })].filter(Boolean).join(" · ");
    const item = make("li", {}, match && match.instead >= 0 ? say.or + " " : "",
      make("a", { href: fill(site.page, { provider: p.slug, entry: e.slug }), textContent: e.name }), " ", make("span", { className: "of", textContent: of }));
    if (match) item.append(make("p", { className: "why", textContent: match.reasons.map(why).join("; ") + "." }));
    return item;
  };
  // What is shared is masked, and of a long text only what stands around the error.
  const shared = (text, found) => {
    if (text.length <= 2000) return mask(text);
    const around = text.split("\n").slice(found.length ? Math.max(0, found[0].line - 3) : 0).join("\n").slice(0, 2000);
    return mask(around.replace(/[\w.+-]*$/, "")); // no half of a key
  };
  const update = () => {
    const text = area.value, blank = !text.trim();
    const all = blank ? [] : find(text);
    const worth = (x) => x.instead < 0 || x.instead === all[0].entry && x.confidence * 4 >= all[0].confidence;
    const found = all.filter(worth).slice(0, 6);
    const words = blank ? [] : search(text).filter((i) => !found.some((x) => x.entry === i)).slice(0, 8 - found.length);
    list.replaceChildren(...found.map((x) => row(x.entry, x)), ...words.map((i) => row(i)));
    const errors = found.filter((x) => x.instead < 0).length;
    told.textContent = blank ? "" : errors > 1 ? fill(say.many, { count: errors }) : errors ? say.one : words.length ? fill(say.words, { count: words.length }) : say.none;
    const address = "#" + encodeURIComponent(shared(text, found));
    after.replaceChildren();
    if (own) history.replaceState(null, "", blank ? location.pathname : address);
    else if (found.length) after.append(make("a", { href: site.find + address, textContent: say.share }));
    if (!blank && !found.length && !words.length && site.missing) after.append(make("a", { href: site.missing, textContent: say.missing }));
  };
  let timer;
  area.addEventListener("input", (e) => {
    clearTimeout(timer);
    timer = setTimeout(update, e.inputType === "insertFromPaste" ? 0 : 60);
  });
  area.addEventListener("keydown", (e) => {
    const first = links()[0];
    if (!first || e.isComposing || e.shiftKey) return;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey || !area.value.includes("\n"))) {
      e.preventDefault();
      first.click();
    } else if (e.key === "ArrowDown" && area.selectionStart === area.value.length) {
      e.preventDefault();
      first.focus();
    }
  });
  list.addEventListener("keydown", (e) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key], all = links(), next = all.indexOf(document.activeElement) + step;
    if (!step || next >= all.length) return;
    e.preventDefault();
    (all[next] || area).focus();
  });
  const fromAddress = () => {
    try {
      area.value = decodeURIComponent(location.hash.slice(1));
    } catch {
      area.value = location.hash.slice(1); // cut in the middle of a character
    }
    update();
  };
  if (own) addEventListener("hashchange", fromAddress);
  if (own && location.hash.length > 1) fromAddress();
  else if (area.value) update(); // typed before the script was there
  return () => {
    if (dialog) dialog.showModal();
    area.focus();
    area.select();
  };
};
