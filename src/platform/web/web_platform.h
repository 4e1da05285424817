// The browser's home of the platform interfaces. With its neighbours the only code that knows
// Emscripten.
//
//     auto web = WebPlatform::create(std::make_unique<WebTransport>());  // null: no WebGL 2
//     gfx::GlDevice device;
//     gfx::Screen screen(&web->platform().glyphs, &web->platform().loader, &device);
//     web->on_graphics(lost, restored);                       // to device and screen
//     ... listeners ...
//     web->start();                                           // events come from here on
#pragma once

#include <functional>
#include <memory>

#include "platform/platform.h"

namespace kumquat::platform::web {

class WebPlatform {
  public:
    /// One per page; never destroyed while the page lives. Null if there is no WebGL 2: the reason
    /// is on the screen then. Without a `socket` the service is asked that runs in this browser.
    static std::unique_ptr<WebPlatform> create(std::unique_ptr<Transport> socket);
    ~WebPlatform();

    Platform platform();
    /// What to do when the GL context is lost and when there is a new one.
    void on_graphics(std::function<void()> lost, std::function<void()> restored);
    void start();

    struct Parts;

  private:
    explicit WebPlatform(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kumquat::platform::web
