#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "geo/project.hpp"

namespace battlemap::app {

/// What the project's provenance file says of its data, in both languages; empty without one.
std::string origin_note(const geo::Project& project);
/// {source: "fetched" or "stand-in", note: {zh, en}}; null without a provenance file.
nlohmann::json origin_json(const geo::Project& project);

}  // namespace battlemap::app
