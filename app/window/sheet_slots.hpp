#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace battlemap::app {

/// Pictures of sheets that the window shows beside the map, painted off the frame's path; the first is the
/// most urgent.
enum class Slot : std::size_t { panels, preview, thumb_1, thumb_2, thumb_3, thumb_4, thumb_5, thumb_6 };
inline constexpr std::size_t slot_count = 8;
inline constexpr std::size_t thumb_count = 6;
inline Slot thumb_slot(std::size_t number) {
  return static_cast<Slot>(static_cast<std::size_t>(Slot::thumb_1) + number);
}

/// A painted sheet in the graphics card's memory.
struct SheetPicture {
  std::uintptr_t texture = 0;  ///< 0: none yet
  int width = 0, height = 0;
  bool current = false;        ///< of what is asked for now, not of what was before
};
struct SheetSlots {
  std::array<SheetPicture, slot_count> pictures;
  const SheetPicture& operator[](Slot slot) const { return pictures[static_cast<std::size_t>(slot)]; }
  SheetPicture& operator[](Slot slot) { return pictures[static_cast<std::size_t>(slot)]; }
};

}  // namespace battlemap::app
