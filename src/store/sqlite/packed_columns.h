// Lists of a row as the text of one column. persisted, never change
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/rows.h"

namespace kumquat::store {

/// "<seq> " for each.
std::string pack(const std::vector<Seq>& seqs);
/// "<user> <bytes of the emoji> <emoji>" for each.
std::string pack(const std::vector<ReactionPart>& reactions);

// Empty for what pack() has not made.
std::optional<std::vector<Seq>> unpack_seqs(std::string_view text);
std::optional<std::vector<ReactionPart>> unpack_reactions(std::string_view text);

}  // namespace kumquat::store
