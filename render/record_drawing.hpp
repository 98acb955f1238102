#pragma once
#include <vector>

#include "render/record_marks.hpp"

// The steps of add_record_layers() that draw what is placed.

namespace battlemap::render {

/// Names beside symbols whose layer has a label, where there is room; those farther off get a leader.
void add_record_labels(const Board& board, const TextEngine& text, const std::vector<RecordLayer>& layers,
                       FreeSpace& space, Layer& leaders, Layer& out, SheetReport& report);

}  // namespace battlemap::render
