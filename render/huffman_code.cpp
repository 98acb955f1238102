#include "render/huffman_code.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <queue>
#include <utility>

namespace battlemap::render {
namespace {

constexpr int longest_code = 15;

/// Depth of every symbol in Huffman's tree. Equal counts are joined in a fixed order.
std::vector<int> tree_depths(std::span<const std::uint32_t> counts) {
  using Node = std::pair<std::uint64_t, std::size_t>;  // count, number: leaves first, then joints as they are made
  std::priority_queue<Node, std::vector<Node>, std::greater<>> open;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) open.emplace(counts[i], i);
  std::vector<std::size_t> parent(counts.size());
  while (open.size() > 1) {
    const Node a = open.top();
    open.pop();
    const Node b = open.top();
    open.pop();
    parent[a.second] = parent[b.second] = parent.size();
    open.emplace(a.first + b.first, parent.size());
    parent.push_back(0);
  }
  std::vector<int> depth(parent.size());
  for (std::size_t i = parent.size() - 1; i-- > 0;)
    if (i >= counts.size() || counts[i] > 0) depth[i] = depth[parent[i]] + 1;
  depth.resize(counts.size());
  return depth;
}

/// Counts are made more alike until no code is too long: costs next to nothing, as it is rare symbols that get shorter.
std::vector<int> code_lengths(std::span<const std::uint32_t> counts) {
  std::vector<std::uint32_t> alike(counts.begin(), counts.end());
  for (;;) {
    auto depths = tree_depths(alike);
    if (*std::max_element(depths.begin(), depths.end()) <= longest_code) return depths;
    for (auto& count : alike) count = (count + 1) / 2;
  }
}

std::uint16_t reversed(std::uint32_t code, int length) {
  std::uint32_t out = 0;
  for (int i = 0; i < length; ++i) out |= (code >> i & 1U) << (length - 1 - i);
  return static_cast<std::uint16_t>(out);
}

}  // namespace

std::vector<CodeWord> huffman_code(std::span<const std::uint32_t> counts) {
  const auto lengths = code_lengths(counts);
  std::array<std::uint32_t, longest_code + 2> next{};  // first the number of codes, then the next code, by length
  for (const int length : lengths)
    if (length > 0) ++next[static_cast<std::size_t>(length) + 1];
  for (std::size_t length = 1; length < next.size(); ++length) next[length] = (next[length] + next[length - 1]) << 1U;
  std::vector<CodeWord> code(counts.size());
  for (std::size_t i = 0; i < code.size(); ++i)
    if (const int length = lengths[i]; length > 0)
      code[i] = {reversed(next[static_cast<std::size_t>(length)]++, length), static_cast<std::uint8_t>(length)};
  return code;
}

}  // namespace battlemap::render
