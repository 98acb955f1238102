#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "geo/dataset.hpp"

namespace battlemap::geo {

/// Loads a project from its sources and packs it into `file`; empty: where find_pack() looks. Returns the file. Waits for
/// another process that is packing the same project, whose pack it then takes. Throws Error: a source changed while it was
/// read, a source is no file (and `file` is empty), WriteError.
std::filesystem::path build_pack(const Project& project, const std::filesystem::path& file,
                                 const std::function<void(const std::string&, double)>& progress);

/// Packs what was loaded from its sources, where find_pack() looks. Returns the file; empty when another process is at it,
/// or the sources have changed since they were read. Throws WriteError: no room, no right.
std::filesystem::path pack_loaded(const Dataset& dataset,
                                  const std::function<void(const std::string&, double)>& progress);

}  // namespace battlemap::geo
