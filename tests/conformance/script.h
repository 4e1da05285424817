// The conformance scripts' language. A script is plain text, so that any runner in any language can
// read it.
//
//   == title              begins a script
//   # words               a comment
//   a > FRAME             the client "a" (connected when first named) sends a frame
//   a < PATTERN           the next frame that "a" gets; several such lines of one client in a row
//                       may come in any order
//   a ! CODE            the service closes the connection with this code
//   a enters @user      hello, sign_in by name, and what they bring
//   a uploads $x 64 48  a PNG of this width and height; $x is its ID from then on, $x_size its
//   bytes a quiet             nothing else has come to "a" (asked with a hello) a hangs up
//
// In frames and patterns: @name is a user ID of this run alone; <<x*100>> is "x" a hundred times;
// <<bytes ff 00>> are these bytes. A pattern matches if all its members do: "*" matches any value,
// "-" an absent or empty one, "$name" any value, which is kept and stands for itself from then on,
// in frames too. Lists match one by one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kumquat::conformance {

struct Step {
    enum class Kind { kSend, kExpect, kExpectClose, kEnter, kUpload, kQuiet, kHangUp };
    Kind kind = Kind::kSend;
    std::string client;
    /// The frame, the pattern, the code, the user, or the picture with its width and height.
    std::string text;
    int line = 0;
};

struct Script {
    /// File and title, fit for a test's name.
    std::string name;
    std::vector<Step> steps;
};

/// Every script of every file in `folder`, by name. Aborts on a line that it does not understand.
std::vector<Script> read_scripts(const std::string& folder);

}  // namespace kumquat::conformance
