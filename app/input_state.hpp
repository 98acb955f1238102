#pragma once
#include <string>
#include <vector>

#include "geo/project.hpp"

namespace battlemap::app {

/// What a project's pictures are made from, as far as it can be told without reading it all.
struct InputState {
  std::string files;                 ///< a line for each file and the program: path, bytes, time of change
  std::vector<std::string> unknown;  ///< sources that are no files (databases): they may change unseen
};
InputState input_state(const geo::Project& project);

/// 64 hex digits that change when a file or the options do.
std::string fingerprint(const InputState& inputs, const std::string& options);

}  // namespace battlemap::app
