// std::stable_sort for whole vectors of anything, compiled once: one for each type of row came to
// 20 KB of the page's program.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace kumquat {

/// The indices 0 to `count` - 1 in the order that `before` gives them; equal ones stay as they are.
std::vector<std::size_t> stable_order(std::size_t count,
                                      const std::function<bool(std::size_t, std::size_t)>& before);

/// `before(a, b)`: a strict weak order of elements.
template <typename T, typename Before>
void stable_sort(std::vector<T>& elements, const Before& before) {
    const std::vector<std::size_t> order =
        stable_order(elements.size(), [&](std::size_t a, std::size_t b) {
            return before(elements[a], elements[b]);
        });
    std::vector<T> sorted;
    sorted.reserve(elements.size());
    for (std::size_t index : order)
        sorted.push_back(std::move(elements[index]));
    elements = std::move(sorted);
}

}  // namespace kumquat
