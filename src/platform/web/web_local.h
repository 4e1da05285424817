// The service inside this browser: web/page/local.js.
#pragma once

#include "platform/local_home.h"

namespace kumquat::platform::web {

class WebLocal : public LocalHome {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    bool running() const override;
    bool empty() const override;
    void act(LocalAct act) override;
    void open_tab(const std::string& fragment) override;

    Listener* listener = nullptr;
};

}  // namespace kumquat::platform::web
