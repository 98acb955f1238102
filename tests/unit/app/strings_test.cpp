#include "app/window/strings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

namespace battlemap::app {
namespace {

bool has_chinese(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
}

/// Names, units and keys that are written alike in both languages, or left out in one.
bool same_in_both(Str id) {
  return id == Str::language_zh || id == Str::language_en || id == Str::size_4k || id == Str::no_value ||
         id == Str::of_year;
}

TEST(Strings, EveryTextIsThereInBothLanguages) {
  for (int i = 0; i < string_count; ++i) {
    const auto id = static_cast<Str>(i);
    if (same_in_both(id)) continue;
    const std::string_view zh = text_of(id, geo::Language::zh), en = text_of(id, geo::Language::en);
    EXPECT_FALSE(zh.empty()) << i;
    EXPECT_FALSE(en.empty()) << i;
    EXPECT_FALSE(has_chinese(en)) << en;
    EXPECT_TRUE(has_chinese(zh) || zh == en) << zh << ": neither Chinese nor a name of a key";
  }
}

TEST(Strings, BothMeansChinese) {
  EXPECT_STREQ(text_of(Str::legend, geo::Language::both), text_of(Str::legend, geo::Language::zh));
}

}  // namespace
}  // namespace battlemap::app
