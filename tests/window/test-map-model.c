/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/map/road-map-icon.h"
#include "ui/map/road-map-layout.h"
#include "ui/map/road-map-model.h"
#include "ui/map/road-map-text.h"

static RoadReport *
make_report (const char *targets, const char *excludes)
{
  g_autoptr (RoadTargetSpec) spec =
      excludes != NULL ? road_target_spec_parse (excludes, NULL) : NULL;
  g_autoptr (RoadProfile) profile = road_profile_new ("exclude-targets", spec, NULL);

  return road_report_new (targets, profile);
}

static RoadAddress
parse (const char *text)
{
  RoadAddress address = ROAD_ADDRESS_NONE;

  g_assert_true (road_address_parse (&address, text));

  return address;
}

/* @name: (nullable) */
static RoadHost *
add_host (RoadReport *report, const char *text, const char *name, guint n_open)
{
  const RoadAddress address = parse (text);
  RoadHost *host = road_host_new (&address, name, NULL);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);

  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  for (guint i = 0; i < n_open; i++)
    {
      const RoadPortResult result = { .port = (guint16) (i + 1),
                                      .state = ROAD_PORT_OPEN,
                                      .reason = ROAD_REASON_SYN_ACK };

      road_host_add_results (host, &result, 1);
    }
  g_ptr_array_add (hosts, host);
  road_report_add_hosts (report, hosts);

  return host;
}

static void
end (RoadReport *report, const char *text)
{
  const RoadAddress address = parse (text);

  road_report_begin_ended (report);
  road_report_add_ended (report, &address);
}

static RoadMapState
get_state (RoadMapModel *model, const char *text)
{
  const RoadAddress address = parse (text);
  RoadMapCell cell;
  guint position;

  g_assert_true (road_map_model_find (model, &address, &position));
  road_map_model_get_cell (model, position, &cell);

  return cell.state;
}

static void
check_summary (RoadMapModel *model, const char *expected)
{
  g_autofree char *summary = road_map_text_summary (model);

  g_assert_cmpstr (summary, ==, expected);
}

/* Losing this: the map says that an address is silent which has not been asked yet. */
static void
test_running (void)
{
  g_autoptr (RoadReport) report = make_report ("192.168.1.0/24", "192.168.1.9");
  g_autoptr (RoadMapModel) model = road_map_model_new (report);
  RoadHost *host;

  road_report_begin_ended (report);
  road_report_set_n_targets (report, 255);
  g_assert_cmpuint (road_map_model_get_n_networks (model), ==, 1);
  g_assert_cmpuint (road_map_model_get_n_cells (model), ==, 256);
  g_assert_cmpint (get_state (model, "192.168.1.20"), ==, ROAD_MAP_PENDING);
  g_assert_cmpint (get_state (model, "192.168.1.9"), ==, ROAD_MAP_EXCLUDED);

  host = add_host (report, "192.168.1.20", NULL, 0);
  end (report, "192.168.1.7");
  g_assert_false (road_map_model_update (model));
  g_assert_cmpint (get_state (model, "192.168.1.20"), ==, ROAD_MAP_UP);
  g_assert_cmpint (get_state (model, "192.168.1.7"), ==, ROAD_MAP_SILENT);
  check_summary (model,
                 "192.168.1.0/24: 1 up, 1 not responding, 253 pending, 1 excluded, no open ports");

  road_host_add_results (host,
                         &(RoadPortResult){
                             .port = 22, .state = ROAD_PORT_OPEN, .reason = ROAD_REASON_SYN_ACK },
                         1);
  road_map_model_update (model);
  g_assert_cmpint (get_state (model, "192.168.1.20"), ==, ROAD_MAP_OPEN);

  road_report_finish (report, ROAD_REPORT_STOPPED, NULL, 1);
  road_map_model_update (model);
  check_summary (
      model, "192.168.1.0/24: 1 up, 1 not responding, 253 not scanned, 1 excluded, 1 open port");
}

/* Losing this: files, which do not list silent hosts, look as if nothing had been scanned. */
static void
test_file (void)
{
  g_autoptr (RoadReport) report = make_report ("10.1.0.0/16", NULL);
  g_autoptr (RoadMapModel) model = NULL;
  RoadMapCounts counts;
  g_autofree char *found = NULL;

  road_report_set_n_targets (report, 65536);
  add_host (report, "10.1.4.1", NULL, 3);
  add_host (report, "10.1.4.2", NULL, 4);
  add_host (report, "10.1.4.3", NULL, 0);
  road_report_finish (report, ROAD_REPORT_FINISHED, NULL, 1);
  model = road_map_model_new (report);

  g_assert_cmpuint (road_map_model_get_n_networks (model), ==, 256);
  g_assert_true (road_map_model_is_complete (model));
  g_assert_cmpint (get_state (model, "10.1.200.1"), ==, ROAD_MAP_SILENT);
  road_map_model_count_network (model, 4, &counts);
  found = road_map_text_network_counts (&counts);
  g_assert_cmpstr (found, ==, "3 up, 7 open");
  check_summary (model, "256 networks: 3 up, 65533 not responding, 7 open ports");
}

/* Losing this: hosts that have no neighbours are drawn as nearly empty networks, without names. */
static void
test_singles (void)
{
  g_autoptr (RoadReport) report =
      make_report ("10.1.1.1 nas.lan fd00::1 fd00::2 10.9.0.1-10", NULL);
  g_autoptr (RoadMapModel) model = road_map_model_new (report);
  RoadMapCell cell;
  guint position;
  RoadAddress address;

  road_report_begin_ended (report);
  g_assert_cmpuint (road_map_model_get_n_networks (model), ==, 0);
  g_assert_cmpuint (road_map_model_get_n_singles (model), ==, 14);

  add_host (report, "192.168.7.7", "NAS.lan", 2);
  g_assert_false (road_map_model_update (model));
  address = parse ("192.168.7.7");
  g_assert_true (road_map_model_find (model, &address, &position));
  road_map_model_get_cell (model, position, &cell);
  g_assert_cmpint (cell.state, ==, ROAD_MAP_OPEN);
  g_assert_cmpuint (cell.n_open, ==, 2);

  /* A name of an address that is a target of its own has one cell. */
  g_assert_cmpint (get_state (model, "fd00::2"), ==, ROAD_MAP_PENDING);
  end (report, "fd00::2");
  g_assert_cmpint (get_state (model, "fd00::2"), ==, ROAD_MAP_SILENT);
}

/* Losing this: a host has two cells, of which one stays pending. */
static void
test_mixed (void)
{
  g_autoptr (RoadReport) report =
      make_report ("192.168.1.0/24 192.168.1.7 nas.lan 10.0.0.5 fd00::1", NULL);
  g_autoptr (RoadMapModel) model = road_map_model_new (report);

  g_assert_cmpuint (road_map_model_get_n_networks (model), ==, 1);
  g_assert_cmpuint (road_map_model_get_n_singles (model), ==, 3);

  add_host (report, "192.168.1.7", "nas.lan", 1);
  g_assert_true (road_map_model_update (model));
  g_assert_cmpuint (road_map_model_get_n_singles (model), ==, 2);
  g_assert_cmpint (get_state (model, "192.168.1.7"), ==, ROAD_MAP_OPEN);
  g_assert_cmpint (get_state (model, "10.0.0.5"), ==, ROAD_MAP_PENDING);
}

/* Losing this: a scan of millions of addresses takes memory and time for rows that nobody looks at. */
static void
test_large (void)
{
  g_autoptr (RoadReport) report = make_report ("10.0.0.0/8", NULL);
  g_autoptr (RoadMapModel) model = road_map_model_new (report);

  g_assert_cmpuint (road_map_model_get_n_networks (model), ==, 0);
  g_assert_false (road_map_model_is_complete (model));
  add_host (report, "10.200.3.4", NULL, 1);
  add_host (report, "10.7.3.4", NULL, 1);
  add_host (report, "10.7.3.5", NULL, 0);
  g_assert_true (road_map_model_update (model));
  g_assert_cmpuint (road_map_model_get_n_networks (model), ==, 2);
  g_assert_cmpuint (road_map_model_get_network (model, 0)->bytes[1], ==, 7);
  g_assert_cmpint (get_state (model, "10.200.3.4"), ==, ROAD_MAP_OPEN);
}

/* Losing this: some networks of a range or a pattern are missing. */
static void
test_networks (void)
{
  static const struct
  {
    const char *targets;
    guint n_networks;
    guint n_singles;
  } cases[] = {
    { "192.168.1.0/24", 1, 0 }, { "10.0.0.0/22", 4, 0 },      { "10.0.0.200-10.0.2.100", 3, 0 },
    { "10.0.0-3.0-127", 4, 0 }, { "192.168.1.1-20", 0, 20 },  { "10.0-3.0-255.1", 1024, 0 },
    { "0.0.0.0/0", 0, 0 },      { "255.255.255.0/24", 1, 0 }, { "fd00::/64", 0, 256 },
    { "not..a..target", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadReport) report = make_report (cases[i].targets, NULL);
      g_autoptr (RoadMapModel) model = road_map_model_new (report);

      g_test_message ("%s", cases[i].targets);
      g_assert_cmpuint (road_map_model_get_n_networks (model), ==, cases[i].n_networks);
      g_assert_cmpuint (road_map_model_get_n_singles (model), ==, cases[i].n_singles);
    }
}

static void
check_cells (const RoadMapLayout *layout, guint n_cells)
{
  for (guint i = 0; i < n_cells; i++)
    {
      const RoadMapArea area = road_map_layout_get_cell (layout, i);
      guint position = G_MAXUINT;

      g_assert_cmpint (area.x, >=, 0);
      g_assert_cmpint (area.x + area.width, <=, layout->request.width);
      g_assert_cmpint (area.y + area.height, <=, layout->height);
      g_assert_true (road_map_layout_find (layout, area.x, area.y, &position));
      g_assert_cmpuint (position, ==, i);
      g_assert_true (road_map_layout_find (layout, area.x + area.width - 1,
                                           area.y + area.height - 1, &position));
      g_assert_cmpuint (position, ==, i);
    }
}

static RoadMapRequest
make_request (guint n_networks, guint n_singles, int width)
{
  const RoadMapRequest request = {
    .n_networks = n_networks,
    .n_singles = n_singles,
    .width = width,
    .height = 440,
    .text_height = 17,
    .small_height = 13,
    .octet_width = 20,
    .label_width = 120,
    .count_width = 120,
  };

  return request;
}

/* Losing this: a click selects another address than the one under the pointer, or cells are outside of the window. */
static void
test_layout (void)
{
  const int widths[] = { 360, 480, 960, 1900 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      const RoadMapRequest requests[] = {
        make_request (1, 0, widths[i]),  make_request (1, 7, widths[i]),
        make_request (16, 0, widths[i]), make_request (3, 40, widths[i]),
        make_request (0, 1, widths[i]),
      };

      for (guint j = 0; j < G_N_ELEMENTS (requests); j++)
        {
          RoadMapLayout layout;

          road_map_layout_init (&layout, &requests[j]);
          check_cells (&layout, requests[j].n_networks * 256 + requests[j].n_singles);
        }
    }
}

/* Losing this: scrolling draws too little or all 65,536 rows. */
static void
test_visible (void)
{
  const RoadMapRequest request = make_request (4096, 100, 960);
  RoadMapLayout layout;
  guint first, n;
  int y;

  road_map_layout_init (&layout, &request);
  y = road_map_layout_get_network_y (&layout, 1000);
  road_map_layout_get_networks (&layout, y, y + 440, &first, &n);
  g_assert_cmpuint (first, ==, 1000);
  g_assert_cmpuint (n, >=, 440 / (guint) layout.network_height);
  g_assert_cmpuint (n, <=, 440 / (guint) layout.network_height + 2);
  road_map_layout_get_singles (&layout, y, y + 440, &first, &n);
  g_assert_cmpuint (n, ==, 0);
  road_map_layout_get_singles (&layout, layout.single.y, layout.height, &first, &n);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (n, ==, 100);
}

/* Losing this: the keyboard gets stuck, or leaves the map. */
static void
test_moves (void)
{
  const RoadMapRequest request = make_request (1, 7, 960);
  RoadMapLayout layout;
  guint position = 0;

  road_map_layout_init (&layout, &request);
  g_assert_cmpuint (road_map_layout_move (&layout, 20, ROAD_MAP_RIGHT), ==, 21);
  g_assert_cmpuint (road_map_layout_move (&layout, 20, ROAD_MAP_DOWNWARDS), ==, 36);
  g_assert_cmpuint (road_map_layout_move (&layout, 20, ROAD_MAP_UPWARDS), ==, 4);
  g_assert_cmpuint (road_map_layout_move (&layout, 4, ROAD_MAP_UPWARDS), ==, 4);
  g_assert_cmpuint (road_map_layout_move (&layout, 20, ROAD_MAP_ROW_START), ==, 16);
  g_assert_cmpuint (road_map_layout_move (&layout, 20, ROAD_MAP_ROW_END), ==, 31);
  g_assert_cmpuint (road_map_layout_move (&layout, 20, ROAD_MAP_LAST), ==, 262);
  g_assert_cmpuint (road_map_layout_move (&layout, 0, ROAD_MAP_LEFT), ==, 0);
  g_assert_cmpuint (road_map_layout_move (&layout, 262, ROAD_MAP_RIGHT), ==, 262);

  /* From the networks to the single hosts, and back. */
  g_assert_cmpuint (road_map_layout_move (&layout, 240, ROAD_MAP_DOWNWARDS), ==, 256);
  g_assert_cmpuint (road_map_layout_move (&layout, 256, ROAD_MAP_UPWARDS), <, 256);
  g_assert_cmpuint (road_map_layout_move (&layout, 256, ROAD_MAP_UPWARDS), >=, 240);
  for (guint i = 0; i < 40; i++)
    position = road_map_layout_move (&layout, position, ROAD_MAP_DOWNWARDS);
  g_assert_cmpuint (position, >=, 260);
  for (guint i = 0; i < 40; i++)
    position = road_map_layout_move (&layout, position, ROAD_MAP_PAGE_UP);
  g_assert_cmpuint (position, <, 16);
}

/* Losing this: an icon covers the number of open ports or the octet, or leaves its cell. */
static void
test_icon (void)
{
  for (int width = 20; width <= 80; width++)
    for (int height = 18; height <= 60; height++)
      {
        const int number_width = 10;
        const RoadMapArea cell = { 100, 200, width, height };
        const RoadMapArea octet = { 104, 200 + MIN (4, (height - 12) / 2), 20, 12 };
        const RoadMapArea whole = { 128, 200, width - 28, height };
        RoadMapArea symbol = whole;
        RoadMapArea icon;

        if (!road_map_icon_place (&cell, &octet, number_width, &icon, &symbol))
          {
            g_assert_true (height < 32);
            g_assert_cmpint (width, <, 28 + ROAD_MAP_ICON_SIZE + number_width + 4);
            g_assert_cmpint (symbol.width, ==, whole.width);
            continue;
          }
        g_assert_cmpint (icon.x, >=, cell.x);
        g_assert_cmpint (icon.y, >=, cell.y);
        g_assert_cmpint (icon.x + icon.width, <=, cell.x + width);
        g_assert_cmpint (icon.y + icon.height, <=, cell.y + height);
        g_assert_cmpint (symbol.x, >=, icon.x + icon.width);
        g_assert_true (icon.y >= octet.y + octet.height || icon.x >= octet.x + octet.width);
        g_assert_cmpint (symbol.x + symbol.width, ==, whole.x + whole.width);
        if (symbol.width < whole.width)
          g_assert_cmpint (symbol.width, >=, number_width);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/map/running", test_running);
  g_test_add_func ("/map/file", test_file);
  g_test_add_func ("/map/singles", test_singles);
  g_test_add_func ("/map/mixed", test_mixed);
  g_test_add_func ("/map/large", test_large);
  g_test_add_func ("/map/networks", test_networks);
  g_test_add_func ("/map/layout", test_layout);
  g_test_add_func ("/map/icon", test_icon);
  g_test_add_func ("/map/visible", test_visible);
  g_test_add_func ("/map/moves", test_moves);

  return g_test_run ();
}
