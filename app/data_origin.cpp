#include "app/data_origin.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace battlemap::app {

std::string origin_note(const geo::Project& project) {
  if (!project.origin) return {};
  const geo::Text& note = project.origin->note;
  if (note.zh.empty() || note.en.empty()) return note.zh + note.en;
  return fmt::format("{} | {}", note.zh, note.en);
}

nlohmann::json origin_json(const geo::Project& project) {
  if (!project.origin) return nullptr;
  const geo::Text& note = project.origin->note;
  return {{"source", project.origin->invented ? "stand-in" : "fetched"},
          {"note", {{"zh", note.zh}, {"en", note.en}}}};
}

}  // namespace battlemap::app
