#include "app/window/strings.hpp"

#include <array>

namespace battlemap::app {
namespace {

struct Entry {
  Str id;
  const char* zh;
  const char* en;
};

// clang-format off
constexpr std::array<Entry, string_count> table{{
    {Str::app_title, "挂图作战", "Battle map"},
    {Str::collapse, "收起侧栏", "Hide the panel"},
    {Str::expand, "展开侧栏", "Show the panel"},
    {Str::help, "操作说明", "Help"},
    {Str::search, "查找", "Search"},
    {Str::search_hint, "地名或区划代码", "Place name or code"},
    {Str::search_none, "没有找到;换一个名称或代码的开头试试", "Nothing found; try the start of a name or code"},
    {Str::search_more, "还有更多,请输入得更完整", "There are more: type a little more"},
    {Str::maps, "专题图", "Maps"},
    {Str::level, "层级", "Level"},
    {Str::year, "年份", "Year"},
    {Str::classes, "分级", "Classes"},
    {Str::method_auto, "默认", "Map's"},
    {Str::method_equal, "等距", "Equal"},
    {Str::method_quantile, "分位", "Quantile"},
    {Str::method_natural, "自然", "Natural"},
    {Str::class_count, "级数", "Number"},
    {Str::look, "外观", "Look"},
    {Str::theme_wall, "深色", "Dark"},
    {Str::theme_paper, "浅色", "Light"},
    {Str::language_zh, "中文", "中文"},
    {Str::language_en, "English", "English"},
    {Str::export_title, "导出", "Export"},
    {Str::size_window, "窗口", "Window"},
    {Str::size_4k, "4K", "4K"},
    {Str::size_a3, "A3 打印", "A3 print"},
    {Str::file_path, "文件", "File"},
    {Str::export_png, "导出图片", "Export picture"},
    {Str::exporting, "正在导出", "Exporting"},
    {Str::exported, "已导出", "Exported"},
    {Str::export_failed, "导出失败", "Export failed"},
    {Str::cancel, "取消", "Cancel"},
    {Str::legend, "图例", "Legend"},
    {Str::places_unit, "个", "places"},
    {Str::no_data, "无数据", "No data"},
    {Str::not_applicable, "不适用", "Not applicable"},
    {Str::of_year, "年", ""},
    {Str::province, "省", "Prov."},
    {Str::prefecture, "市州", "Pref."},
    {Str::county, "县", "County"},
    {Str::township, "乡镇", "Town"},
    {Str::village, "村", "Village"},
    {Str::everything, "全部", "Everything"},
    {Str::code, "代码", "Code"},
    {Str::of_which, "其中", "Of these"},
    {Str::reported, "已报", "Reported"},
    {Str::published, "公布数据", "Published"},
    {Str::generated, "演示数据", "Demonstration data"},
    {Str::user, "项目数据", "Project data"},
    {Str::enter, "进入", "Open"},
    {Str::close, "关闭", "Close"},
    {Str::by_year, "历年", "By year"},
    {Str::no_value, "—", "—"},
    {Str::drawing, "正在绘制", "Drawing"},
    {Str::loading, "正在载入", "Loading"},
    {Str::loading_hint, "关闭窗口即可取消", "Close the window to cancel"},
    {Str::no_data_title, "还没有数据", "No data yet"},
    {Str::no_data_hint, "在终端运行下面的命令生成数据,然后按回车键重试:",
     "Run this command in a terminal to make the data, then press Enter to try again:"},
    {Str::load_failed, "无法打开项目", "The project cannot be opened"},
    {Str::load_failed_hint, "改正后按回车键重试", "Press Enter to try again when it is corrected"},
    {Str::map_failed, "这张图画不出来", "This map cannot be drawn"},
    {Str::map_failed_hint, "请另选专题图、层级或年份", "Choose another map, level or year"},
    {Str::draw_failed, "绘制失败", "Drawing failed"},
    {Str::no_approval, "审图号:无(不得公开展示)", "No map approval number: not for public display"},
    {Str::help_title, "操作说明", "How to use the map"},
    {Str::help_wheel_keys, "滚轮", "Wheel"},
    {Str::help_wheel, "在鼠标处放大、缩小", "Zoom at the cursor"},
    {Str::help_drag_keys, "拖动", "Drag"},
    {Str::help_drag, "移动地图(方向键亦可)", "Move the map (arrow keys too)"},
    {Str::help_click_keys, "单击", "Click"},
    {Str::help_click, "选中一个地方,查看历年数值", "Select a place and see its years"},
    {Str::help_double_keys, "双击 / 回车", "Double-click / Enter"},
    {Str::help_double, "进入下一级", "Go down a level"},
    {Str::help_up_keys, "Esc", "Esc"},
    {Str::help_up, "返回上一级", "Go up a level"},
    {Str::help_zoom_keys, "+ / -", "+ / -"},
    {Str::help_zoom, "放大、缩小", "Zoom in, zoom out"},
    {Str::help_home_keys, "Home", "Home"},
    {Str::help_home, "查看全图", "Show everything"},
    {Str::help_year_keys, "PageUp / PageDown", "PageUp / PageDown"},
    {Str::help_year, "上一年、下一年", "Year before, year after"},
    {Str::help_search_keys, "F", "F"},
    {Str::help_search, "查找地名或代码", "Search for a name or code"},
    {Str::help_export_keys, "E", "E"},
    {Str::help_export, "按所选大小导出图片", "Export a picture at the chosen size"},
    {Str::help_language_keys, "L", "L"},
    {Str::help_language, "中文、英文切换", "Switch between Chinese and English"},
    {Str::help_theme_keys, "T", "T"},
    {Str::help_theme, "深色、浅色切换", "Switch between dark and light"},
    {Str::help_screen_keys, "F11", "F11"},
    {Str::help_screen, "全屏", "Full screen"},
    {Str::help_panel_keys, "Tab", "Tab"},
    {Str::help_panel, "收起、展开侧栏", "Hide or show the side panel"},
    {Str::help_help_keys, "?", "?"},
    {Str::help_help, "打开、关闭本说明", "Open or close this help"},
}};
// clang-format on

constexpr bool in_order() {
  for (int i = 0; i < string_count; ++i)
    if (table[static_cast<std::size_t>(i)].id != static_cast<Str>(i)) return false;
  return true;
}
static_assert(in_order(), "the table lists every Str in the order of the enum");

}  // namespace

const char* text_of(Str id, geo::Language language) {
  const Entry& entry = table[static_cast<std::size_t>(id)];
  return language == geo::Language::en ? entry.en : entry.zh;
}

}  // namespace battlemap::app
