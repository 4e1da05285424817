// A frame on its way out. Its text is made once, however many connections it goes to, by whichever
// I/O thread needs it first.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>

#include "proto/codec.h"
#include "proto/messages.h"

namespace kumquat::server {

class OutFrame {
  public:
    explicit OutFrame(std::shared_ptr<const proto::ServerFrame> frame) : frame_(std::move(frame)) {}

    /// JSON text. Thread-safe.
    const std::string& text() const {
        std::call_once(encoded_, [this] { text_ = proto::encode(*frame_); });
        return text_;
    }

    /// It answers a request of the connection, so that one fewer is in flight.
    bool answers_request() const {
        if (std::holds_alternative<proto::ReplyFrame>(*frame_)) return true;
        const auto* error = std::get_if<proto::ErrorFrame>(frame_.get());
        return error != nullptr && error->id;
    }

  private:
    std::shared_ptr<const proto::ServerFrame> frame_;
    mutable std::once_flag encoded_;
    mutable std::string text_;
};

}  // namespace kumquat::server
