// How much fits on a page: a number of rows, and bytes as they will stand in a frame.
#pragma once

#include <cstdint>
#include <string_view>

#include "store/store.h"

namespace kumquat::store {

/// Upper bound of the bytes that `text` takes as a JSON string, without its quotes. Text of control
/// characters grows sixfold there, so a page that was cut by plain bytes could be too large for a
/// frame.
std::size_t encoded_bytes(std::string_view text);

/// Upper bounds of the bytes that a row takes in a frame.
std::size_t encoded_bytes(const StoredMessage& message);
std::size_t encoded_bytes(const StoredQuote& quote);
std::size_t encoded_bytes(const StoredHit& hit);
std::size_t encoded_bytes(const std::vector<StoredQuote>& quotes);
std::size_t encoded_bytes(const StoredFriend& stored);
std::size_t encoded_bytes(const StoredFriendRequest& stored);
/// As a profile or an account.
std::size_t encoded_bytes(const UserRow& user);
std::size_t encoded_bytes(const StoredConversation& conversation);
std::size_t encoded_bytes(const FeedItem& item);

/// Fills up row by row. The first row always fits: a page makes progress, whatever a row's size.
class PageBudget {
  public:
    /// `bytes_taken`: what stands on the page already.
    PageBudget(std::int64_t rows_max, std::size_t bytes_max, std::size_t bytes_taken = 0)
        : rows_max_(rows_max), bytes_max_(bytes_max), bytes_(bytes_taken) {}

    /// Takes room for a row; false if it has to wait for the next page.
    bool take(std::size_t bytes) {
        const bool empty = rows_ == 0 && bytes_ == 0;
        if (!empty && (rows_ >= rows_max_ || bytes > bytes_max_ || bytes_ > bytes_max_ - bytes))
            return false;
        ++rows_;
        bytes_ += bytes;
        return true;
    }
    /// No row fits any more, however small.
    bool full() const { return rows_ > 0 && (rows_ >= rows_max_ || bytes_ >= bytes_max_); }

  private:
    std::int64_t rows_max_;
    std::size_t bytes_max_;
    std::int64_t rows_ = 0;
    std::size_t bytes_;
};

}  // namespace kumquat::store
