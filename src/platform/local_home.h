// The service inside this browser, where the page was put on the web without a server: its state,
// and what can be done with all that it keeps. Frames to it go over Transport, pictures over
// BlobChannel, as to any other service.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace kumquat::platform {

/// What can be done with everything that the service keeps.
enum class LocalAct : std::uint8_t {
    kExport,  ///< One file, given to the person as a download.
    kImport,  ///< Lets the person choose such a file; only an empty world takes one in.
    kErase    ///< Everything, of everybody; the page loads anew afterwards.
};

class LocalHome {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// running() or empty() changed. A frame has been asked for already.
        virtual void on_local_state() = 0;
        /// The end of an act. Not called for a choice that was cancelled, nor for an erasure that
        /// worked. Errors: kStorageFailed, kDiskFull, and of an import kDataDamaged, kDataNewer,
        /// kDataNotEmpty.
        virtual void on_local_done(LocalAct act, const Status& outcome) = 0;
    };

    virtual ~LocalHome() = default;
    virtual void set_listener(Listener* listener) = 0;
    /// The service answers; false in a page that has a server.
    virtual bool running() const = 0;
    /// It runs, and nobody has an account yet.
    virtual bool empty() const = 0;
    /// Call it from within an input event, or a frame that follows at once: browsers refuse to open
    /// choosers otherwise.
    virtual void act(LocalAct act) = 0;
    /// Opens this page in another tab, which starts with nothing of this tab's, with `fragment` in
    /// its address. As act().
    virtual void open_tab(const std::string& fragment) = 0;
};

}  // namespace kumquat::platform
