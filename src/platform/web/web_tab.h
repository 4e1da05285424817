// Clipboard, files, history, notifications, marks, locks, dates, pinyin and glyphs of a browser
// tab.
#pragma once

#include <array>
#include <map>

#include "platform/dates.h"
#include "platform/glyph_raster.h"
#include "platform/notifier.h"
#include "platform/page.h"
#include "platform/pinyin.h"

namespace kumquat::platform::web {

class WebClipboard : public Clipboard {
  public:
    void write_text(std::string_view text, std::function<void(bool)> done) override;
    void on_answer(int request, bool ok);

  private:
    std::map<int, std::function<void(bool)>> waiting_;
    int next_request_ = 1;
};

class WebFiles : public Files {
  public:
    void save(const SavedFile& file) override;
    void load(std::string_view name, std::function<void(std::optional<std::string>)> done) override;
    void on_loaded(bool ok, std::string_view text);

  private:
    std::function<void(std::optional<std::string>)> waiting_;
};

class WebNotifier : public Notifier {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    NotePermission permission() const override;
    void request(std::function<void(NotePermission)> done) override;
    void show(const Note& note) override;
    void close(std::string_view tag) override;
    void chime() override;
    void on_answer(int request);
    Listener* listener = nullptr;

  private:
    std::map<int, std::function<void(NotePermission)>> waiting_;
    int next_request_ = 1;
};

class WebHistory : public History {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void set_title(std::string_view title) override;
    void set_badge(bool on) override;
    std::string fragment() const override;
    void push(std::string_view fragment) override;
    void replace(std::string_view fragment) override;
    void back() override;
    Listener* listener = nullptr;

  private:
    std::string title_;
    bool badge_ = false;
};

class WebMarks : public Marks {
  public:
    void mark(std::string_view name) override;
    void mark(std::string_view name, std::string_view conversation, std::int64_t seq) override;
};

class WebLocks : public Locks {
  public:
    void acquire(const std::string& name, std::function<void()> granted) override;
    bool held(const std::string& name) const override;
    void release(const std::string& name) override;
    void on_granted(const std::string& name);

  private:
    struct Lock {
        bool held = false;
        std::function<void()> granted;
    };
    std::map<std::string, Lock> locks_;
};

class WebDates : public Dates {
  public:
    std::string format(TimeMs time, DateForm form, std::string_view language) const override;
    std::int64_t day_number(TimeMs time) const override;
    int year(TimeMs time) const override;
    TimeMs next_midnight(TimeMs time) const override;

  private:
    struct Formatted {
        TimeMs time;
        DateForm form = DateForm::kTime;
        std::string language;
        /// Empty: nothing is kept here.
        std::string text;
    };
    static constexpr std::size_t kFormatted = 64;
    /// Frames ask for the same few again and again, and asking the browser costs more than the
    /// rest of a row.
    mutable std::array<Formatted, kFormatted> formatted_;
};

class WebPinyin : public Pinyin {
  public:
    std::string spell(std::string_view text) const override;
};

class WebGlyphs : public GlyphRaster {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    float advance(RasterKind kind, std::string_view text, float size_px) override;
    GlyphBox box(RasterKind kind, std::string_view text, float size_px) override;
    void draw(const RasterJob& job) override;
    Listener* listener = nullptr;
};

}  // namespace kumquat::platform::web
