// Gives every cluster that Dear ImGui cannot address (several code points, or an astral one) a code
// point of its own in the private use area, U+E000 to U+F8FF: one glyph, one slot.
//
// Why there: Dear ImGui's lookup tables are flat, 6 bytes per code point up to the highest in use,
// per size. Raw emoji would make them four times larger, planes 15 and 16 much more. Private
// characters that people send are clusters too, so nobody can pick another's slot. Slots are
// reused, least recently used first.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kumquat::gfx {

class ClusterTable {
  public:
    static constexpr char32_t kFirstSlot = 0xE000;
    static constexpr int kSlotsMax = 0xF900 - 0xE000;

    /// `slots_max` at most kSlotsMax.
    explicit ClusterTable(int slots_max = kSlotsMax) : slots_max_(slots_max) {}

    struct Slot {
        /// U+FFFD if every slot was used since the last begin_frame().
        char32_t code_point = 0;
        /// The slot belonged to another cluster until now: forget the glyphs made for it.
        bool reused = false;
    };
    /// The slot of `cluster`, marked as used.
    Slot slot_of(std::string_view cluster);

    /// What stands in a slot; empty for other code points. Lives until the slot is reused.
    std::string_view text_of(char32_t code_point) const;

    static bool is_slot(char32_t c) { return c >= kFirstSlot && c < kFirstSlot + kSlotsMax; }

    /// Slots used from now on are not reused before the next call: their glyphs are on the screen.
    void begin_frame() { ++frame_; }

    std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        std::string text;
        std::uint64_t used_in_frame = 0;
        std::list<std::uint16_t>::iterator order;
    };

    int slots_max_;
    std::uint64_t frame_ = 1;
    std::vector<Entry> entries_;
    // Most recently used first.
    std::list<std::uint16_t> order_;
    std::unordered_map<std::string, std::uint16_t> index_;
};

}  // namespace kumquat::gfx
