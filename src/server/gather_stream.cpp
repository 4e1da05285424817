#include "server/gather_stream.h"

#include <algorithm>

namespace kumquat::server {
namespace {

constexpr std::size_t kItemsPerWrite = 32;  // two buffers each: Asio gathers up to 64
constexpr std::size_t kBytesPerWrite = 256 * 1024;

// A final text frame's header (RFC 6455, 5.2); returns its size.
std::size_t make_header(std::size_t payload, std::array<char, 10>& header) {
    const auto byte = [&](std::size_t i, std::size_t value) {
        header[i] = static_cast<char>(static_cast<unsigned char>(value & 0xFF));
    };
    byte(0, 0x81);
    if (payload < 126) {
        byte(1, payload);
        return 2;
    }
    const std::size_t length_bytes = payload <= 0xFFFF ? 2 : 8;
    byte(1, payload <= 0xFFFF ? 126 : 127);
    for (std::size_t i = 0; i < length_bytes; ++i) {
        byte(2 + i, payload >> (8 * (length_bytes - 1 - i)));
    }
    return 2 + length_bytes;
}

}  // namespace

void GatherStream::push(std::shared_ptr<const OutFrame> frame) {
    if (failed_) return;
    Item item;
    const std::size_t payload = frame->text().size();
    item.header_size = make_header(payload, item.header);
    item.size = item.header_size + payload;
    item.frame = std::move(frame);
    queued_bytes_ += item.size;
    items_.push_back(std::move(item));
}

void GatherStream::drop_unstarted() {
    // Without a write under way the first item may still be half out.
    const std::size_t keep = writing_ ? items_in_write_ : (first_offset_ > 0 ? 1 : 0);
    std::deque<Item> spared;
    while (items_.size() > keep) {
        Item item = std::move(items_.back());
        items_.pop_back();
        if (item.completion) {
            spared.push_front(std::move(item));
        } else {
            queued_bytes_ -= item.size;
        }
    }
    for (Item& item : spared)
        items_.push_back(std::move(item));
}

void GatherStream::write() {
    writing_ = true;
    buffers_.clear();
    items_in_write_ = 0;
    std::size_t skip = first_offset_;
    std::size_t bytes = 0;
    const auto add = [&](const char* data, std::size_t size) {
        const std::size_t skipped = std::min(skip, size);
        skip -= skipped;
        if (skipped == size) return;
        buffers_.emplace_back(data + skipped, size - skipped);
        bytes += size - skipped;
    };
    for (const Item& item : items_) {
        if (items_in_write_ == kItemsPerWrite || bytes >= kBytesPerWrite) break;
        ++items_in_write_;
        if (item.frame) {
            add(item.header.data(), item.header_size);
            add(item.frame->text().data(), item.frame->text().size());
        } else {
            add(item.own.data(), item.own.size());
        }
    }
    socket_.async_write_some(
        buffers_, [this, keep = observer_->keep_alive()](error_code error, std::size_t written) {
            on_write(error, written);
        });
}

void GatherStream::on_write(error_code error, std::size_t bytes) {
    writing_ = false;
    if (error) {
        fail(error);
        observer_->write_failed();
        return;
    }
    first_offset_ += bytes;
    while (!items_.empty() && first_offset_ >= items_.front().size) {
        Item& item = items_.front();
        first_offset_ -= item.size;
        if (item.frame) queued_bytes_ -= item.size;
        if (item.completion) item.completion->complete({}, item.size);
        items_.pop_front();
    }
    flush();
    observer_->wrote(bytes);
}

void GatherStream::fail(error_code error) {
    failed_ = error;
    std::deque<Item> items = std::move(items_);
    items_.clear();
    queued_bytes_ = 0;
    first_offset_ = 0;
    for (Item& item : items) {
        if (item.completion) item.completion->complete(error, 0);
    }
}

}  // namespace kumquat::server
