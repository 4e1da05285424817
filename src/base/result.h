// Result<T>: a value or an Error. The one way an expected failure travels; there are no exceptions in this code.
//
// Member names are those of std::expected, so that a later standard library can take its place.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/error_code.h"

namespace kumquat {

/// What went wrong. `context` is for logs and developers: it names the field, option, file or row, never private content.
struct Error {
    ErrorCode code;
    std::string context;
    /// When trying again makes sense, in milliseconds from now.
    std::optional<std::int64_t> retry_after_ms = std::nullopt;
};

template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    /// Requires has_value().
    T& value() & { return checked_value(); }
    const T& value() const& { return const_cast<Result*>(this)->checked_value(); }
    T&& value() && { return std::move(checked_value()); }
    T& operator*() & { return checked_value(); }
    const T& operator*() const& { return const_cast<Result*>(this)->checked_value(); }
    T&& operator*() && { return std::move(checked_value()); }
    T* operator->() { return &checked_value(); }
    const T* operator->() const { return &const_cast<Result*>(this)->checked_value(); }

    /// Requires !has_value().
    const Error& error() const& {
        KUMQUAT_CHECK(!has_value());
        return *std::get_if<1>(&state_);
    }
    Error&& error() && {
        KUMQUAT_CHECK(!has_value());
        return std::move(*std::get_if<1>(&state_));
    }

  private:
    T& checked_value() {
        KUMQUAT_CHECK(has_value());
        return *std::get_if<0>(&state_);
    }

    std::variant<T, Error> state_;
};

/// A Result without a value: success, or an Error.
class [[nodiscard]] Status {
  public:
    Status() = default;
    Status(Error error) : error_(std::move(error)) {}

    bool has_value() const { return !error_.has_value(); }
    explicit operator bool() const { return has_value(); }

    /// Requires !has_value().
    const Error& error() const {
        KUMQUAT_CHECK(error_.has_value());
        return *error_;
    }

  private:
    std::optional<Error> error_;
};

}  // namespace kumquat

/// Returns the error of `expression` (a Status or Result) from the enclosing function, if it has one.
#define KUMQUAT_TRY(expression)                                          \
    do {                                                                 \
        if (auto kumquat_status = (expression); !kumquat_status) {       \
            return ::kumquat::Error(kumquat_status.error());             \
        }                                                                \
    } while (false)

#define KUMQUAT_TRY_CONCAT_INNER(a, b) a##b
#define KUMQUAT_TRY_CONCAT(a, b) KUMQUAT_TRY_CONCAT_INNER(a, b)

/// `KUMQUAT_TRY_ASSIGN(auto x, f())`: x is the value of f(), or the enclosing function returns its error.
#define KUMQUAT_TRY_ASSIGN(declaration, expression)                                     \
    auto KUMQUAT_TRY_CONCAT(kumquat_result_, __LINE__) = (expression);                  \
    if (!KUMQUAT_TRY_CONCAT(kumquat_result_, __LINE__)) {                               \
        return ::kumquat::Error(KUMQUAT_TRY_CONCAT(kumquat_result_, __LINE__).error()); \
    }                                                                                   \
    declaration = *std::move(KUMQUAT_TRY_CONCAT(kumquat_result_, __LINE__))
