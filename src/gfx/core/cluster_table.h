// Gives every cluster that Dear ImGui cannot address (several code points, or an astral one) a code
// point of its own in the private use area, U+E000 to U+F8FF: one glyph, one slot.
//
// Why there: Dear ImGui's lookup tables are flat, 6 bytes per code point up to the highest in use,
// per size. Raw emoji would make them four times larger, planes 15 and 16 much more. Private
// characters that people send are clusters too, so nobody can pick another's slot.
//
// Slots are not reused one by one: Dear ImGui 1.92.2 counts reuses of an atlas rectangle in 10 bits
// (its issue 8906). A table that is nearly full is cleared between frames, together with all
// glyphs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kumquat::gfx {

class ClusterTable {
  public:
    static constexpr char32_t kFirstSlot = 0xE000;
    static constexpr std::size_t kSlotsMax = 0xF900 - 0xE000;

    struct Slot {
        /// U+FFFD if the table is full.
        char32_t code_point = 0;
        /// Nobody had it before: forget glyphs that were made for it while it was empty.
        bool fresh = false;
    };
    Slot slot_of(std::string_view cluster);

    /// What stands in a slot; empty for free ones and for other code points. Lives until clear().
    std::string_view text_of(char32_t code_point) const;

    static bool is_slot(char32_t c) { return c >= kFirstSlot && c < kFirstSlot + kSlotsMax; }

    /// True if little room is left; clear() it before the next frame.
    bool nearly_full() const { return texts_.size() > kSlotsMax * 9 / 10; }
    void clear();

  private:
    // Node-based, so that the keys stay where they are for texts_.
    std::unordered_map<std::string, char32_t> slots_;
    std::vector<const std::string*> texts_;
};

}  // namespace kumquat::gfx
