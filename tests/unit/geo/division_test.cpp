#include "geo/division.hpp"

#include <gtest/gtest.h>

#include "code_of.hpp"

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

DivisionTree qinghai() {
  return DivisionTree({{code("630222"), "民和回族土族自治县", ""},
                       {code("63"), "青海省", ""},
                       {code("6302"), "海东市", ""},
                       {code("630223"), "互助土族自治县", ""},
                       {code("630223100201"), "东村村委会", "村委会"},
                       {code("630223100200"), "西村村委会", "村委会"},
                       {code("630223101200"), "东村村委会", "村委会"},
                       {code("630223"), "repeated", ""},
                       {code("630105100200"), "Lone Village", ""}});
}

TEST(DivisionTree, LinksLevelsAndCreatesMissingParents) {
  const DivisionTree tree = qinghai();
  EXPECT_EQ(tree.at(Level::province).size(), 1U);
  EXPECT_EQ(tree.at(Level::prefecture).size(), 2U);
  EXPECT_EQ(tree.at(Level::county).size(), 3U);
  EXPECT_EQ(tree.at(Level::township).size(), 3U);
  EXPECT_EQ(tree.at(Level::village).size(), 4U);
  const DivisionRef inferred = tree.find(code("630105")).value();
  EXPECT_TRUE(tree[inferred].name_inferred);
  EXPECT_EQ(tree[inferred].name, "630105");
  const DivisionRef huzhu = tree.find(code("630223")).value();
  EXPECT_EQ(tree[huzhu].name, "互助土族自治县");
  EXPECT_EQ(tree[huzhu].child_count, 2U);
  EXPECT_EQ(tree.at(Level::township)[tree[huzhu].first_child].code, code("630223100"));
  EXPECT_EQ(tree.finest(), Level::village);
}

TEST(DivisionTree, DescendantsAreARange) {
  const DivisionTree tree = qinghai();
  const auto [first, last] = tree.descendants(tree.find(code("6302")).value(), Level::village);
  ASSERT_EQ(last - first, 3U);
  for (std::uint32_t i = first; i < last; ++i)
    EXPECT_TRUE(tree.at(Level::village)[i].code.is_within(code("6302")));
  const auto none = tree.descendants(tree.find(code("630222")).value(), Level::village);
  EXPECT_EQ(none.first, none.second);
  const DivisionRef self = tree.find(code("630222")).value();
  EXPECT_EQ(tree.descendants(self, Level::county), std::make_pair(self.index, self.index + 1));
}

TEST(DivisionTree, PathsAndAncestors) {
  const DivisionTree tree = qinghai();
  const DivisionRef village = tree.find(code("630223101200")).value();
  EXPECT_EQ(tree.path(village), "青海省 › 海东市 › 互助土族自治县 › 630223101 › 东村村委会");
  EXPECT_EQ(tree.ancestor(village, Level::county), tree.find(code("630223")));
  EXPECT_FALSE(tree.find(code("64")));
}

TEST(DivisionTree, AnEmptyTreeIsEmpty) {
  const DivisionTree tree;
  EXPECT_FALSE(tree.find(code("63")));
  EXPECT_EQ(tree.finest(), Level::province);
  EXPECT_TRUE(find_places(tree, "x").empty());
  EXPECT_THROW(resolve_place(tree, "63"), UsageError);
}

std::vector<int> ranks(const std::vector<FoundPlace>& places) {
  std::vector<int> result;
  for (const FoundPlace& place : places) result.push_back(place.rank);
  return result;
}

TEST(FindPlaces, RanksCodesThenNames) {
  const DivisionTree tree = qinghai();
  EXPECT_EQ(ranks(find_places(tree, "6302231")), (std::vector<int>{1, 1, 1, 1, 1}));
  const auto county = find_places(tree, "630223000000");
  ASSERT_FALSE(county.empty());
  EXPECT_EQ(county[0].rank, 0);
  EXPECT_EQ(tree[county[0].ref].name, "互助土族自治县");
  EXPECT_EQ(ranks(find_places(tree, "东村村委会")), (std::vector<int>{2, 2}));
  EXPECT_EQ(ranks(find_places(tree, " 东 ")), (std::vector<int>{3, 3, 4}));
  EXPECT_EQ(ranks(find_places(tree, "lone village")), std::vector<int>{2});
  EXPECT_EQ(find_places(tree, "63", 2).size(), 2U);
  EXPECT_TRUE(find_places(tree, "  ").empty());
}

std::string division_failure(const DivisionTree& tree, std::string_view text) {
  try {
    resolve_place(tree, text);
  } catch (const UsageError& e) {
    return e.what();
  }
  return "";
}

TEST(ResolvePlace, TakesCodesNamesAndShortForms) {
  const DivisionTree tree = qinghai();
  const DivisionRef huzhu = tree.find(code("630223")).value();
  for (const char* text : {"630223", "630223000000", "互助土族自治县", "互助"})
    EXPECT_EQ(resolve_place(tree, text), huzhu) << text;
}

TEST(ResolvePlace, AmbiguousNamesListCodesAndPaths) {
  const std::string what = division_failure(qinghai(), "东村村委会");
  EXPECT_NE(what.find("could be 2 places"), std::string::npos) << what;
  EXPECT_NE(what.find("630223100201  青海省 › 海东市"), std::string::npos) << what;
  EXPECT_NE(what.find("630223101200"), std::string::npos) << what;
}

TEST(ResolvePlace, UnknownOnesOfferTheNearest) {
  EXPECT_NE(division_failure(qinghai(), "互助土家自治县").find("互助土族自治县"), std::string::npos);
  EXPECT_NE(division_failure(qinghai(), "630299").find("the nearest above it is 6302 青海省 › 海东市"),
            std::string::npos);
  EXPECT_NE(division_failure(qinghai(), "6302x").find("no place is called '6302x'"), std::string::npos);
  EXPECT_FALSE(division_failure(qinghai(), "").empty());
}

}  // namespace
}  // namespace battlemap::geo
