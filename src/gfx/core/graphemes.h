// Cuts text into what a person sees as one character, and into runs that only a shaping engine can
// draw.
//
// Our own and not Intl.Segmenter: Firefox has that only since 125, the answer must be the same in
// tests without a browser, and a line with text that needs more than "base + marks" (Arabic, Indic,
// Thai ...) is drawn by the browser as one piece anyway. Source: UAX #29 extended grapheme
// clusters; of the scripts that are shaped only what tells where a line may end.
#pragma once

#include <cstddef>
#include <string_view>

namespace kumquat::gfx {

enum class ClusterKind : unsigned char {
    kSimple,   ///< One code point of the Basic Multilingual Plane that can be drawn alone.
    kCluster,  ///< Several code points or an astral one: emoji sequences, combining marks, rare
               ///< Han.
    kRun,      ///< A word of a script that needs shaping; of one that is written without blanks a
               ///< syllable's part.
    kControl   ///< Nothing to see: controls, joiners, byte order marks.
};

struct Cluster {
    std::string_view bytes;
    ClusterKind kind = ClusterKind::kSimple;
    /// The first code point.
    char32_t first = 0;
};

/// The cluster at `*offset`; moves `*offset` behind it. Requires *offset < text.size(). Invalid
/// bytes come out one by one, as U+FFFD.
Cluster next_cluster(std::string_view text, std::size_t* offset);

/// True if a character of it is written from right to left: where a part of such a line stands is
/// known to the browser alone.
bool has_right_to_left(std::string_view text);

/// True if the first letter of it is one that is written from right to left, which makes that the
/// direction of the paragraph (UAX #9, P2 and P3).
bool begins_right_to_left(std::string_view text);

/// True if a character of it is written from right to left, or has another shape or place beside
/// other letters: then only the browser can draw the line.
bool needs_one_piece(std::string_view text);

/// True if one of its clusters is an emoji.
bool has_emoji(std::string_view text);

/// True if `text` is nothing but 1 to `count_max` emoji (and blanks): such a message is drawn
/// large.
bool only_emoji(std::string_view text, int count_max);

/// Number of clusters, for "still n characters" (controls are not counted).
std::size_t count_clusters(std::string_view text);

}  // namespace kumquat::gfx
