#include "geo/code.hpp"

#include <gtest/gtest.h>

#include "code_of.hpp"

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

TEST(Code, KeepsEveryLevelsDigits) {
  for (const char* text : {"63", "6301", "630105", "630105100", "630105100201", "110101001001"})
    EXPECT_EQ(code(text).text(), text);
  EXPECT_EQ(code("63").level(), Level::province);
  EXPECT_EQ(code("630105100201").level(), Level::village);
}

TEST(Code, LeadingZerosCount) {
  EXPECT_EQ(code("010203").text(), "010203");
}

TEST(Code, TrailingZeroGroupsNameTheCoarserDivision) {
  EXPECT_EQ(code("630105000000"), code("630105"));
  EXPECT_EQ(code("630000"), code("63"));
  EXPECT_EQ(code("630100"), code("6301"));
  EXPECT_NE(code("630110"), code("6301"));
}

TEST(Code, RejectsWhatIsNoCode) {
  for (const char* text : {"", "6", "630", "63010", "6301051", "63010x", " 630105", "630105.0", "000000",
                           "6301051002011", "-30105", "６３"})
    EXPECT_FALSE(Code::parse(text)) << text;
}

TEST(Code, AtAKnownLevelZeroGroupsStay) {
  const Code county = Code::parse_at("441900", Level::county).value();
  EXPECT_EQ(county.level(), Level::county);
  EXPECT_EQ(county.text(), "441900");
  EXPECT_EQ(county.parent(), code("4419"));
  EXPECT_EQ(Code::parse_at("630105000000", Level::county), code("630105"));
  EXPECT_FALSE(Code::parse_at("6301", Level::county));
  EXPECT_FALSE(Code::parse_at("630105100", Level::county));
}

TEST(Code, OrdersParentsDirectlyBeforeTheirChildren) {
  EXPECT_LT(code("63"), code("6301"));
  EXPECT_LT(code("6301"), code("630105"));
  EXPECT_LT(code("630105100201"), code("630121"));
  EXPECT_LT(code("630199"), code("6302"));
}

TEST(Code, AncestorsAreItsPrefixes) {
  const Code village = code("630105100201");
  EXPECT_EQ(village.ancestor(Level::county), code("630105"));
  EXPECT_EQ(village.ancestor(Level::village), village);
  EXPECT_EQ(code("6301").ancestor(Level::county), code("6301"));
  EXPECT_EQ(village.parent(), code("630105100"));
  EXPECT_FALSE(code("63").parent());
  EXPECT_TRUE(village.is_within(code("6301")));
  EXPECT_FALSE(village.is_within(code("6302")));
  EXPECT_FALSE(code("63").is_within(village));
}

TEST(Code, PartsAtTheCoarsestDifference) {
  EXPECT_EQ(Code::parting_level(code("630105100201"), code("630105100202")), Level::village);
  EXPECT_EQ(Code::parting_level(code("630105100201"), code("630105101201")), Level::township);
  EXPECT_EQ(Code::parting_level(code("630105"), code("630105101201")), Level::township);
  EXPECT_EQ(Code::parting_level(code("630105"), code("54")), Level::province);
}

TEST(Level, UnknownNamesOfferTheNearest) {
  EXPECT_EQ(parse_level("village"), Level::village);
  EXPECT_EQ(parse_level("县"), Level::county);
  try {
    parse_level("vilage");
    FAIL();
  } catch (const UsageError& e) {
    EXPECT_NE(std::string(e.what()).find("did you mean village?"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace battlemap::geo
