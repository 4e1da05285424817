// Pictures in full size: a dialog of the browser's own, with zoom, saving and animation. It lies
// over everything and has the focus; keys do not reach the page while it is open.
#pragma once

#include <string>

#include "platform/pictures.h"

namespace kumquat::platform {

/// What the dialog says, in the person's language.
struct ViewerWords {
    std::string dialog;
    std::string zoom_in;
    std::string zoom_out;
    std::string save;
    std::string close;
    std::string previous;
    std::string next;
    std::string broken;
};

struct ViewerPicture {
    PictureName picture;
    std::int64_t width = 0;
    std::int64_t height = 0;
    /// Shown until the picture is there; empty: nothing is.
    PictureName preview;
    /// The accessible name.
    std::string alt;
    std::string from;
    std::string time;
    /// What it is saved as.
    std::string file_name;
    bool has_previous = false;
    bool has_next = false;
};

class PictureViewer {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// -1: the picture before, 1: the one after. Answer with show().
        virtual void on_viewer_step(int direction) = 0;
        virtual void on_viewer_closed() = 0;
    };

    virtual ~PictureViewer() = default;
    virtual void set_listener(Listener* listener) = 0;
    /// Opens it, or shows another picture in it.
    virtual void show(const ViewerPicture& picture, const ViewerWords& words) = 0;
    virtual void close() = 0;
};

}  // namespace kumquat::platform
