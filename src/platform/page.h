// The small services of a browser tab: clipboard, files, history, title, marks for tests and
// benchmarks, locks between tabs.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kumquat::platform {

class Clipboard {
  public:
    virtual ~Clipboard() = default;
    /// Copies text. Call it from within an input event: browsers refuse otherwise. `done` gets
    /// whether it worked.
    virtual void write_text(std::string_view text, std::function<void(bool ok)> done) = 0;
};

/// A file as the person gets it.
struct SavedFile {
    /// Of any script; what a file system does not take in a name is the browser's business.
    std::string name;
    /// "text/plain;charset=utf-8", "application/json".
    std::string media_type;
    std::string content;
};

class Files {
  public:
    virtual ~Files() = default;
    /// Gives it to the person as a download.
    virtual void save(const SavedFile& file) = 0;
    /// Loads a text of the page's own that is not waited for at the start. `name`: "emoji", the
    /// list of the emoji picker. `done` gets it, or nothing if it cannot be had now. A second call
    /// before that replaces `done`.
    virtual void load(std::string_view name,
                      std::function<void(std::optional<std::string>)> done) = 0;
};

/// Title, favicon and address (the part behind '#').
class History {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// The person used Back, Forward or the address bar. Not called for push() and replace().
        virtual void on_fragment(std::string_view fragment) = 0;
    };

    virtual ~History() = default;
    virtual void set_listener(Listener* listener) = 0;
    virtual void set_title(std::string_view title) = 0;
    /// A dot on the page's icon while something is unread.
    virtual void set_badge(bool on) = 0;
    /// Without '#', decoded.
    virtual std::string fragment() const = 0;
    /// Adds an entry, so that Back returns to the one before.
    virtual void push(std::string_view fragment) = 0;
    virtual void replace(std::string_view fragment) = 0;
    virtual void back() = 0;
};

/// performance.mark, for end-to-end tests and benchmarks.
class Marks {
  public:
    virtual ~Marks() = default;
    virtual void mark(std::string_view name) = 0;
    /// With {detail: {conversation, seq}}.
    virtual void mark(std::string_view name, std::string_view conversation, std::int64_t seq) = 0;
};

/// Locks shared by all tabs of this origin: Web Locks. They end with the tab.
class Locks {
  public:
    virtual ~Locks() = default;
    /// Queues for `name`; `granted` is called once it is ours, possibly much later, never before
    /// acquire() has returned. Where the browser has no locks it is granted at once. Asking again
    /// for a held or awaited name replaces `granted`.
    virtual void acquire(const std::string& name, std::function<void()> granted) = 0;
    virtual bool held(const std::string& name) const = 0;
    /// Gives it back, or leaves the queue.
    virtual void release(const std::string& name) = 0;
};

}  // namespace kumquat::platform
