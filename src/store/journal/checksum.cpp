#include "store/journal/checksum.h"

#include <array>

namespace kumquat::store {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t entry = i;
        for (int bit = 0; bit < 8; ++bit)
            entry = (entry >> 1) ^ ((entry & 1) != 0 ? 0xEDB88320U : 0U);
        table[i] = entry;
    }
    return table;
}

constexpr std::array<std::uint32_t, 256> kTable = make_table();

}  // namespace

std::uint32_t checksum(std::string_view bytes) {
    std::uint32_t value = 0xFFFFFFFFU;
    for (const char c : bytes)
        value = (value >> 8) ^ kTable[(value ^ static_cast<std::uint8_t>(c)) & 0xFFU];
    return ~value;
}

}  // namespace kumquat::store
