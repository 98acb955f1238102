#include "app/language.hpp"

#include "geo/error.hpp"

namespace battlemap::app {

geo::Language parse_language(std::string_view text) {
  if (text == "zh") return geo::Language::zh;
  if (text == "en") return geo::Language::en;
  if (text == "both") return geo::Language::both;
  throw geo::UsageError(fmt::format("unknown language '{}'; known: zh, en, both", text));
}

}  // namespace battlemap::app
