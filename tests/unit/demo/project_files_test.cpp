#include "demo/project_files.hpp"

#include <gtest/gtest.h>

#include "demo/text_file.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

namespace fs = std::filesystem;

class ProjectFiles : public ::testing::Test {
 protected:
  ProjectFiles() {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(BATTLEMAP_TEST_OUT) / "project-files" / info->name();
    fs::remove_all(folder_);
    files_ = folder_ / "share" / "battlemap" / "qinghai";
    for (const char* name : {"maps", "generated", "fetched"}) fs::create_directories(files_ / name);
    for (const char* name : {"project.toml", "maps/1.toml", "generated/a.csv", "fetched/b.tgz"})
      write_text(files_ / name, name);
  }
  fs::path folder_, files_;
};

TEST_F(ProjectFiles, AreFoundAboveTheProgram) {
  EXPECT_EQ(find_project_files(folder_ / "bin" / "battlemap"), files_);
  EXPECT_EQ(find_project_files(folder_ / "tests" / "deep" / "battlemap"), files_);
}

TEST_F(ProjectFiles, NothingFoundIsAnErrorThatSaysWhatToDo) {
  try {
    find_project_files("/nowhere/bin/battlemap");
    GTEST_SKIP() << "this machine has them in /share";
  } catch (const geo::Error& e) {
    EXPECT_NE(std::string(e.what()).find("share/battlemap/qinghai"), std::string::npos) << e.what();
  }
}

TEST_F(ProjectFiles, ThoseOfThisBuildAreTheSourceTrees) {
  const fs::path found = find_project_files(this_program());
  EXPECT_TRUE(fs::equivalent(found, fs::path(BATTLEMAP_SOURCE_DIR) / "data" / "qinghai")) << found;
}

TEST_F(ProjectFiles, AreCopiedWithoutWhatIsMade) {
  EXPECT_EQ(copy_project_files(files_, folder_ / "new" / "place"), 2U);
  EXPECT_EQ(read_text(folder_ / "new/place/maps/1.toml"), "maps/1.toml");
  EXPECT_FALSE(fs::exists(folder_ / "new/place/generated"));
  EXPECT_FALSE(fs::exists(folder_ / "new/place/fetched"));
}

TEST_F(ProjectFiles, WhatExistsIsNotOverwritten) {
  fs::create_directories(folder_ / "mine" / "maps");
  write_text(folder_ / "mine/maps/1.toml", "mine");
  fs::create_symlink("nowhere", folder_ / "mine" / "project.toml");
  EXPECT_EQ(copy_project_files(files_, folder_ / "mine"), 0U);
  EXPECT_EQ(read_text(folder_ / "mine/maps/1.toml"), "mine");
  EXPECT_TRUE(fs::is_symlink(folder_ / "mine" / "project.toml"));
}

}  // namespace
}  // namespace battlemap::demo
