// What reaches a person who is looking elsewhere: a short sound, and the system's notifications.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace kumquat::platform {

/// Whether the system's notifications may be shown.
enum class NotePermission : std::uint8_t {
    kUnavailable,  ///< this browser has none for this page, or not over this connection
    kAsk,          ///< nobody was asked yet
    kGranted,
    kDenied,  ///< only the person can change it, in the browser's settings
};

/// One notification of the system. A new one with the tag of another replaces it.
struct Note {
    std::string tag;
    std::string title;
    std::string text;
};

class Notifier {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// The person chose this notification; the page has been brought to the front.
        virtual void on_note_chosen(std::string_view tag) = 0;
    };

    virtual ~Notifier() = default;
    virtual void set_listener(Listener* listener) = 0;
    virtual NotePermission permission() const = 0;
    /// Asks the person. Call it from within an input event: browsers refuse otherwise. `done` is
    /// called once, and late if nobody answers.
    virtual void request(std::function<void(NotePermission)> done) = 0;
    /// Shows it if that is granted; nothing otherwise.
    virtual void show(const Note& note) = 0;
    /// Takes it away, if it is shown.
    virtual void close(std::string_view tag) = 0;
    /// A short sound. Nothing before the person has used the page: browsers are silent until then.
    virtual void chime() = 0;
};

}  // namespace kumquat::platform
