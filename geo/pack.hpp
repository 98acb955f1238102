#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "geo/dataset.hpp"
#include "geo/pack_file.hpp"

namespace battlemap::geo {

/// A pack holds what loading makes of a project's sources and what drawing needs beyond: divisions, their outlines as
/// shared arcs at several details, boxes, label anchors, names to search in, lakes and rivers, statistics, and what
/// reading reported; and the project's own files (maps, palettes, records, ...), so that it opens without anything beside
/// it. Nothing in it is hidden from any audience: it is for whoever may see the sources.

/// Packs a dataset loaded from its sources into `file`, whole or not at all. `identity`: see pack_identity(); empty when
/// nothing tells whether the sources change. Throws WriteError.
void write_pack(const Dataset& dataset, const std::string& identity, const std::filesystem::path& file,
                const std::function<void(const std::string&, double)>& progress = {});

/// The pack of a project, if there is one made from its sources as they are now; null otherwise, and `why_not` says why
/// one that is there cannot be used (empty when there is none).
std::shared_ptr<const PackFile> find_pack(const Project& project, std::string& why_not);

/// The same, with all that is in it compared: before it is said to be good.
std::shared_ptr<const PackFile> find_whole_pack(const Project& project, std::string& why_not);

/// Whether outlines are read at coarser details than the full one, which only views that move look at.
enum class CoarseOutlines { read, unread };

/// Puts everything that was packed into a dataset of which only `project` is set. The dataset's outlines live in the
/// pack's memory. Throws PackError when what is in it does not fit together.
void restore_pack(Dataset& dataset, const std::shared_ptr<const PackFile>& pack, std::vector<Indicator> indicators,
                  CoarseOutlines coarse = CoarseOutlines::read);

/// The tree of divisions alone. Throws PackError.
DivisionTree packed_divisions(const std::shared_ptr<const PackFile>& pack);

}  // namespace battlemap::geo
