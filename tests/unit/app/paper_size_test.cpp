#include "app/paper_size.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"

namespace battlemap::app {
namespace {

TEST(PaperSize, LiesOrStands) {
  EXPECT_EQ(parse_paper("A3", Orientation::landscape), (Paper{420, 297}));
  EXPECT_EQ(parse_paper("a3", Orientation::portrait), (Paper{297, 420}));
  EXPECT_EQ(parse_paper("A5", Orientation::portrait), (Paper{148, 210}));
}

TEST(PaperSize, BecomesTheNearestWholePixels) {
  EXPECT_EQ(paper_pixels(parse_paper("A0", Orientation::portrait), 300), (std::pair{9933, 14043}));
  EXPECT_EQ(paper_pixels(parse_paper("A4", Orientation::landscape), 96), (std::pair{1123, 794}));
}

TEST(PaperSize, AnUnknownOneIsAnsweredWithTheKnownOnes) {
  try {
    parse_paper("B4", Orientation::landscape);
    FAIL() << "B4 is no size we know";
  } catch (const geo::UsageError& e) {
    EXPECT_NE(std::string(e.what()).find("A4"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace battlemap::app
