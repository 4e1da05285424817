// The world around the page for tests: time is set by hand, the other end of the transport is the
// test, everything that leaves is recorded. One object, HeadlessPlatform, holds it all.
//
//     HeadlessPlatform world;
//     App app(world.platform());
//     world.run_ms(500);                                    // frames and timers that are due
//     world.transport.accept();                             // the server answers
//     world.fields.type("composer", "hi"); world.fields.press_enter("composer");
//     EXPECT_EQ(world.transport.sent.back(), ...);
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "platform/field_set.h"
#include "platform/frame_queue.h"
#include "platform/headless/pictures.h"
#include "platform/mirror_diff.h"
#include "platform/platform.h"

namespace kumquat::platform::headless {

class ManualClock : public PageClock {
  public:
    TimeMs now() const override { return TimeMs(wall_ms + static_cast<std::int64_t>(elapsed_ms)); }
    double monotonic_ms() const override { return elapsed_ms; }

    std::int64_t wall_ms = 1'790'000'000'000;
    double elapsed_ms = 1000;
};

/// splitmix64; the same seed gives the same bytes.
class SeededRandom : public Random {
  public:
    void fill(std::uint8_t* bytes, std::size_t count) override;
    std::uint64_t state = 1;
};

class ScriptedTransport : public Transport {
  public:
    void open(const std::string& url, Listener* listener) override;
    bool send(std::string_view text) override;
    std::size_t buffered_bytes() const override { return buffered; }
    void close(int code, std::string_view reason) override;

    // The other end.
    void accept();
    void receive(std::string_view text);
    /// Ends the connection or the attempt; does nothing if there is none.
    void drop(int code = kCloseAbnormal, std::string_view reason = {});
    bool connecting() const { return listener_ != nullptr && !open_; }
    bool connected() const { return open_; }

    std::vector<std::string> urls;
    std::vector<std::string> sent;
    std::size_t buffered = 0;
    int close_code = 0;

  private:
    Listener* listener_ = nullptr;
    bool open_ = false;
};

/// Callbacks wait in a queue until run().
class MemoryStorage : public Storage {
  public:
    std::optional<std::string> preference(std::string_view key) const override;
    Status set_preference(std::string_view key, std::string_view value) override;
    std::optional<std::string> tab_value(std::string_view key) const override;
    Status set_tab_value(std::string_view key, std::string_view value) override;
    void apply(const std::string& user, std::vector<RecordChange> changes, Done done) override;
    void load(const std::string& user, RecordKind kind, Loaded loaded) override;
    void erase_user(const std::string& user, Done done) override;

    /// Carries out what was asked for, and what that asks for.
    void run();
    /// The tab was closed or reloaded: callbacks die, data stays (tab values too, as in a reload).
    void forget_callbacks() { waiting_.clear(); }

    bool fail_writes = false;
    std::map<std::string, std::string, std::less<>> preferences;
    std::map<std::string, std::string, std::less<>> tab_values;
    std::map<std::pair<std::string, RecordKind>, std::map<std::string, std::string>> records;

  private:
    std::deque<std::function<void()>> waiting_;
};

/// Frames and timers come when HeadlessPlatform::run_ms() says so.
class ManualFrames : public FrameQueue, private FrameQueue::Sink {
  public:
    explicit ManualFrames(ManualClock* clock) : FrameQueue(this), clock_(clock) {}
    /// Runs what is due at the clock's time; true if there was anything.
    bool step();

  private:
    double monotonic_ms() override { return clock_->elapsed_ms; }
    void request_frame() override { frame_wanted_ = true; }
    void set_timer(double delay_ms) override {
        timer_ms_ = delay_ms < 0 ? -1 : clock_->elapsed_ms + delay_ms;
    }
    void request_idle() override { idle_wanted_ = true; }

    ManualClock* clock_;
    bool frame_wanted_ = false;
    bool idle_wanted_ = false;
    double timer_ms_ = -1;
};

class FixedEnvironment : public Environment {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    const EnvironmentState& state() const override { return current; }
    std::string config(std::string_view key) const override;
    unsigned system_color(SystemColor color) const override;
    void set_theme(bool is_dark, unsigned) override { shown_dark = is_dark; }
    void set_language(std::string_view language) override {
        shown_language = std::string(language);
    }
    void set_cursor(const char* css_keyword) override { cursor = css_keyword; }
    void reload() override { ++reloads_count; }

    /// Call after changing `current`.
    void changed() const {
        if (listener != nullptr) listener->on_environment();
    }

    EnvironmentState current;
    std::map<std::string, std::string, std::less<>> settings;
    Listener* listener = nullptr;
    bool shown_dark = false;
    std::string shown_language;
    std::string cursor;
    int reloads_count = 0;
};

class DirectInput : public Input {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    Listener* listener = nullptr;
};

/// Fields that a test types into.
class RecordedFields : public FieldSet, private FieldSet::Sink {
  public:
    RecordedFields() : FieldSet(this) {}

    /// What a person does. Requires a field that is shown.
    void type(std::string_view id, std::string_view text);
    void press_enter(std::string_view id) { on_submit(id); }
    /// The focus goes to what is no field.
    void blur();
    bool shown(std::string_view id) const;

    struct Shown {
        FieldSpec spec;
        std::string text;
        bool shown = false;
    };
    std::map<std::string, Shown, std::less<>> elements;
    int changes_count = 0;

  private:
    void apply(const FieldSpec& spec, unsigned changes) override;
    void show(std::string_view id, bool shown) override;
    void remove(std::string_view id) override;
    void put_text(std::string_view id, std::string_view text) override;
    void put_insert(std::string_view id, std::string_view text) override;
    void put_focus(std::string_view id) override;
    void put_select_all(std::string_view) override {}
};

/// Keeps the last tree; a test finds nodes by role and name, as a person with a screen reader
/// would.
class RecordedMirror : public DomMirror {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void update(MirrorTree tree) override;
    void focus(std::string_view key) override;
    std::string_view focused() const override { return focused_; }
    void announce(std::string_view text, Politeness politeness) override;
    void select_text(std::string_view key) override { selected = std::string(key); }

    /// The first node with this role and name that can be reached; null if there is none.
    const MirrorNode* find(Role role, std::string_view name) const;
    const MirrorNode* find_key(std::string_view key) const;
    /// Activates it; false if there is no such node.
    bool activate(Role role, std::string_view name);
    const MirrorTree& tree() const { return diff_.tree(); }

    Listener* listener = nullptr;
    std::vector<std::pair<std::string, Politeness>> announced;
    std::string selected;
    int changes_count = 0;

  private:
    MirrorDiff diff_;
    std::string focused_;
    std::string focus_waits_;
};

class RecordedClipboard : public Clipboard {
  public:
    void write_text(std::string_view new_text, std::function<void(bool)> done) override;
    std::string text;
};

class RecordedFiles : public Files {
  public:
    void save(const SavedFile& file) override { saved.push_back(file); }
    void load(std::string_view name,
              std::function<void(std::optional<std::string>)> done) override {
        wanted.emplace_back(name);
        waiting_ = std::move(done);
    }
    /// What was asked for last comes, or nothing. Requires that it was asked for.
    void answer(std::optional<std::string> text) {
        std::exchange(waiting_, nullptr)(std::move(text));
    }

    std::vector<SavedFile> saved;
    /// Names of what was asked for.
    std::vector<std::string> wanted;

  private:
    std::function<void(std::optional<std::string>)> waiting_;
};

class RecordedNotifier : public Notifier {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    NotePermission permission() const override { return allowed; }
    void request(std::function<void(NotePermission)> done) override { asked = std::move(done); }
    void show(const Note& note) override {
        if (allowed == NotePermission::kGranted) shown[note.tag] = note;
    }
    void close(std::string_view tag) override { shown.erase(std::string(tag)); }
    void chime() override { ++chimes_count; }

    /// The person answers what was asked. Requires that something was.
    void answer(NotePermission answer);

    Listener* listener = nullptr;
    NotePermission allowed = NotePermission::kAsk;
    std::function<void(NotePermission)> asked;
    /// By tag.
    std::map<std::string, Note> shown;
    int chimes_count = 0;
};

class RecordedHistory : public History {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void set_title(std::string_view new_title) override { title = std::string(new_title); }
    void set_badge(bool on) override { badge = on; }
    std::string fragment() const override { return entries.back(); }
    void push(std::string_view fragment) override { entries.emplace_back(fragment); }
    void replace(std::string_view fragment) override { entries.back() = std::string(fragment); }
    void back() override;

    Listener* listener = nullptr;
    std::string title;
    bool badge = false;
    std::vector<std::string> entries{""};
};

class RecordedMarks : public Marks {
  public:
    void mark(std::string_view name) override { marks.emplace_back(name); }
    void mark(std::string_view name, std::string_view conversation, std::int64_t seq) override;
    std::vector<std::string> marks;
};

/// One tab: every lock is granted at the next run().
class ManualLocks : public Locks {
  public:
    void acquire(const std::string& name, std::function<void()> granted) override;
    bool held(const std::string& name) const override;
    void release(const std::string& name) override { locks_.erase(name); }
    void run();
    /// Another tab holds them all: nothing is granted.
    bool taken_elsewhere = false;

  private:
    struct Lock {
        bool held = false;
        std::function<void()> granted;
    };
    std::map<std::string, Lock> locks_;
};

/// UTC, ISO-like forms.
class UtcDates : public Dates {
  public:
    std::string format(TimeMs time, DateForm form, std::string_view language) const override;
    std::int64_t day_number(TimeMs time) const override;
    int year(TimeMs time) const override;
    TimeMs next_midnight(TimeMs time) const override;
};

/// Knows the characters that a test tells it.
class FewSyllables : public Pinyin {
  public:
    std::string spell(std::string_view text) const override;
    std::map<std::string, std::string, std::less<>> syllables{
        {"小", "xiao"}, {"橙", "cheng"}, {"子", "zi"}, {"老", "lao"}, {"周", "zhou"}};
};

/// Half an em for narrow letters, one em for wide ones; draws nothing.
class PlainGlyphs : public GlyphRaster {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    float advance(RasterKind kind, std::string_view text, float size_px) override;
    GlyphBox box(RasterKind kind, std::string_view text, float size_px) override;
    void draw(const RasterJob&) override { ++drawn_count; }

    Listener* listener = nullptr;
    int drawn_count = 0;
    int measured_count = 0;
};

/// A service inside the browser that a test runs by hand.
class ScriptedLocal : public LocalHome {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    bool running() const override { return is_running; }
    bool empty() const override { return is_running && is_empty; }
    void act(LocalAct act) override { acts.push_back(act); }
    void open_tab(const std::string& fragment) override { tabs.push_back(fragment); }

    Listener* listener = nullptr;
    bool is_running = false;
    bool is_empty = false;
    std::vector<LocalAct> acts;
    /// Fragments of the tabs that were opened.
    std::vector<std::string> tabs;
};

class HeadlessPlatform {
  public:
    HeadlessPlatform();
    /// The interfaces, for the code under test.
    Platform platform();
    /// Lets `ms` pass: timers, frames, storage and locks run when they are due, in steps of at most
    /// 16 ms.
    void run_ms(double ms);

    ManualClock clock;
    SeededRandom random;
    ManualFrames frames;
    FixedEnvironment environment;
    DirectInput input;
    RecordedFields fields;
    RecordedMirror mirror;
    ScriptedTransport transport;
    MemoryStorage storage;
    RecordedClipboard clipboard;
    RecordedHistory history;
    RecordedMarks marks;
    ManualLocks locks;
    UtcDates dates;
    PlainGlyphs glyphs;
    RecordedFiles files;
    RecordedNotifier notifier;
    FewSyllables pinyin;
    ScriptedPictures pictures;
    ScriptedBlobs blobs;
    ScriptedLoader loader;
    RecordedViewer viewer;
    ScriptedLocal local;
};

}  // namespace kumquat::platform::headless
