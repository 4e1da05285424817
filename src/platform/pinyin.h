// Chinese names in Latin letters, by the order in which the browser itself sorts them.
#pragma once

#include <string>
#include <string_view>

namespace kumquat::platform {

class Pinyin {
  public:
    virtual ~Pinyin() = default;
    /// The words of `text` in lower-case ASCII, divided by single blanks: each Chinese character is
    /// a word of its own, its commonest reading without tone (ü as v); letters and digits stay
    /// together, without their marks. Whatever cannot be spelled divides and is left out.
    /// "小橙子 Wu2" gives "xiao cheng zi wu2". Empty where the browser cannot sort by pinyin.
    virtual std::string spell(std::string_view text) const = 0;
};

}  // namespace kumquat::platform
