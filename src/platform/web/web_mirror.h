// The parallel tree in the page's DOM.
#pragma once

#include "platform/mirror_diff.h"

namespace kumquat::platform::web {

class WebMirror : public DomMirror {
  public:
    explicit WebMirror(const float* pixel_ratio) : pixel_ratio_(pixel_ratio) {}
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void update(MirrorTree tree) override;
    void focus(std::string_view key) override;
    std::string_view focused() const override { return focused_; }
    void announce(std::string_view text, Politeness politeness) override;
    void select_text(std::string_view key) override;

    void on_focus(std::string_view key, bool by_keyboard);
    /// The node that had the focus went with the last update.
    void on_lost(std::string_view key);
    void resend_places() { diff_.resend_places(); }

    Listener* listener = nullptr;

  private:
    void send(const MirrorChange& change);
    void send_parts(const MirrorNode& node, unsigned parts);

    const float* pixel_ratio_;
    MirrorDiff diff_;
    std::string focused_;
    std::string focus_waits_;
};

}  // namespace kumquat::platform::web
