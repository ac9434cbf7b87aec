package publish_test

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/publish"
)

// systemRoles are the parts that only this system can play.
var systemRoles = roles{
	"limited":         playLimited,
	"full disk":       playFullDisk,
	"read-only disk":  playReadOnlyDisk,
	"disk of its own": playDiskOfItsOwn,
}

// TestReadOnly takes away the right to write. The administrator has every
// right, so for the length of a build the tests are somebody else.
func TestReadOnly(t *testing.T) {
	tests := []struct {
		name     string
		readOnly []string // relative to the folder that holds all
		now      tree
		wrong    string
	}{
		{"the output", []string{"public", "."}, changedSite, "/index.html: permission denied; "},
		{"the output, nothing changed", []string{"public", "."}, site, ""},
		{"one folder of it", []string{"public/openai"}, changedSite, "/openai/new.html into place: permission denied; "},
		{"the folder around it", []string{"."}, changedSite, ""},
		{"the folder of the record", []string{".faultbook"}, changedSite, "/published.json: permission denied; "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := newConfig(t)
			mustPublish(t, cfg, site.files())
			all := filepath.Dir(cfg.Dir)
			openToAll(t, all)
			for _, name := range tt.readOnly {
				must(t, os.Chmod(filepath.Join(all, name), 0o555))
			}
			var err error
			asNobody(t, func() { _, err = publish.Dir(cfg, tt.now.files()) })
			openToAll(t, all) // also so that the folder can be cleared away
			if tt.wrong == "" {
				if err != nil {
					t.Errorf("Dir = %v, want nil", err)
				}
				wantTree(t, cfg, tt.now)
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("Dir = %v, want an error with %q", err, tt.wrong)
			}
			if strings.HasSuffix(err.Error(), "as it was") {
				wantSite(t, cfg, site)
			}
			mustPublish(t, cfg, changedSite.files())
			wantTree(t, cfg, changedSite)
		})
	}
}

// openToAll lets everybody write everywhere in a folder, and come to it.
func openToAll(t *testing.T, dir string) {
	t.Helper()
	must(t, os.Chmod(filepath.Dir(dir), 0o755))
	must(t, filepath.WalkDir(dir, func(at string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(at, 0o777)
		}
		return err
	}))
}

// asNobody runs f with the rights of nobody if this process has all rights.
// The kernel keeps them for each thread.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		f()
		return
	}
	const nobody = 65534
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	must(t, syscall.Setfsgid(nobody))
	must(t, syscall.Setfsuid(nobody))
	defer func() {
		syscall.Setfsuid(0)
		syscall.Setfsgid(0)
	}()
	f()
}

func TestASpecialFileStandsInTheWay(t *testing.T) {
	cfg := newConfig(t)
	must(t, os.Mkdir(cfg.Dir, 0o755))
	must(t, syscall.Mkfifo(filepath.Join(cfg.Dir, "index.html"), 0o644))
	if _, err := publish.Dir(cfg, site.files()); err == nil || !strings.Contains(err.Error(), "index.html: a special file stands there") {
		t.Errorf("Dir = %v, want an error about a special file, and no waiting for it to speak", err)
	}
}

// TestTheDiskTakesNoMore stops a write in its middle. A limit on the size of
// files does what a full disk does, and needs no disk.
func TestTheDiskTakesNoMore(t *testing.T) {
	cfg := newConfig(t)
	mustPublish(t, cfg, site.files())
	out, err := child(t, "limited", cfg).CombinedOutput()
	want := fmt.Sprintf("write %s: file too large; %s is as it was\n", filepath.Join(cfg.Dir, "large.txt"), cfg.Dir)
	if err == nil || string(out) != want {
		t.Errorf("the child says %q (%v), want %q", out, err, want)
	}
	wantTree(t, cfg, site)
}

// playLimited publishes a file that is larger than files may be.
func playLimited(cfg publish.Config, _ []string) error {
	signal.Ignore(syscall.SIGXFSZ) // then write returns an error
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}); err != nil {
		return err
	}
	_, err := publish.Dir(cfg, largeSite.files())
	return err
}

// largeSite has a file of 1 MB in the middle of small ones.
var largeSite = changedSite.with(tree{"large.txt": strings.Repeat("large ", 1<<20/6)})

// TestMounts publishes on disks of its own: a full one, a read-only one, and
// one that begins at the output, so that the folder around it is on another.
func TestMounts(t *testing.T) {
	for _, role := range []string{"full disk", "read-only disk", "disk of its own"} {
		t.Run(role, func(t *testing.T) {
			cmd := child(t, role, newConfig(t))
			cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
			if os.Geteuid() != 0 {
				cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
				cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
				cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
			}
			out, err := cmd.CombinedOutput()
			if _, ran := err.(*exec.ExitError); err != nil && !ran {
				t.Logf("this system lets us mount nothing (%v); TestTheDiskTakesNoMore and TestReadOnly stand in", err)
				return
			}
			if err != nil {
				t.Errorf("%v: %s", err, out)
			}
			if len(out) > 0 {
				t.Logf("%s", out)
			}
		})
	}
}

func playFullDisk(cfg publish.Config, _ []string) error {
	if ok, err := mount(filepath.Dir(cfg.Dir), "size=512k"); !ok {
		return err
	}
	if _, err := publish.Dir(cfg, site.files()); err != nil {
		return err
	}
	_, err := publish.Dir(cfg, largeSite.files())
	want := fmt.Sprintf("write %s: no space left on device; %s is as it was", filepath.Join(cfg.Dir, "large.txt"), cfg.Dir)
	if err == nil || err.Error() != want {
		return fmt.Errorf("on a full disk: %v, want %s", err, want)
	}
	if err := holds(cfg, site); err != nil {
		return err
	}
	if _, err := publish.Dir(cfg, changedSite.files()); err != nil {
		return err
	}
	return holds(cfg, changedSite)
}

func playReadOnlyDisk(cfg publish.Config, _ []string) error {
	cfg.State = filepath.Join(filepath.Dir(filepath.Dir(cfg.Dir)), "state", "published.json") // not on that disk
	if ok, err := mount(filepath.Dir(cfg.Dir), ""); !ok {
		return err
	}
	if _, err := publish.Dir(cfg, site.files()); err != nil {
		return err
	}
	if err := syscall.Mount("", filepath.Dir(cfg.Dir), "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		return err
	}
	_, err := publish.Dir(cfg, changedSite.files())
	want := fmt.Sprintf("write %s: read-only file system; %s is as it was", filepath.Join(cfg.Dir, "index.html"), cfg.Dir)
	if err == nil || err.Error() != want {
		return fmt.Errorf("on a read-only disk: %v, want %s", err, want)
	}
	return holds(cfg, site)
}

func playDiskOfItsOwn(cfg publish.Config, _ []string) error {
	if err := os.Mkdir(cfg.Dir, 0o755); err != nil {
		return err
	}
	if ok, err := mount(cfg.Dir, ""); !ok {
		return err
	}
	for _, now := range []tree{site, changedSite} {
		if _, err := publish.Dir(cfg, now.files()); err != nil {
			return err
		}
		if err := holds(cfg, now); err != nil {
			return err
		}
	}
	return nil
}

// mount puts an empty disk at a folder. Not being allowed to is no error.
func mount(at, options string) (bool, error) {
	err := syscall.Mount("tmpfs", at, "tmpfs", 0, options)
	if err != nil {
		fmt.Printf("this system lets us mount nothing (%v)\n", err)
		return false, nil
	}
	return true, nil
}

// holds is wantTree for a process without a test.
func holds(cfg publish.Config, want tree) error {
	got, err := walk(cfg.Dir)
	if err != nil {
		return err
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return fmt.Errorf("the output (-want +got):\n%s", diff)
	}
	return nil
}
