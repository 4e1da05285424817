// Puts a page together: client, panes, drawing and platform. Fixes the order of a frame, hands
// every event to whom it belongs, and carries out what the client and the panes want done.
//
// It decides nothing itself: what to show is the Ui's, what to do the Client's.
#pragma once

#include <memory>

#include "gfx/device.h"
#include "platform/platform.h"

namespace kumquat::app {

class App {
  public:
    /// All must outlive it. One App per page.
    App(platform::Platform platform, gfx::Device& device);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    /// Goes on with the tab's session, connects, and asks for the first frame.
    void start();
    /// The GL context came back.
    void on_device_restored();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kumquat::app
