/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/details/road-latency-bins.h"
#include "ui/details/road-port-cells.h"
#include "ui/details/road-port-picture.h"
#include "ui/widgets/road-port-lookup.h"

static RoadHost *
make_host (void)
{
  RoadAddress address;

  g_assert_true (road_address_parse (&address, "192.0.2.1"));

  return road_host_new (&address, NULL, NULL);
}

static void
add_ports (RoadHost *host, const char *list, RoadPortState state)
{
  g_autoptr (RoadPortSet) ports = road_port_set_parse (list, NULL);
  const RoadPortGroup group = { .state = state, .ports = ports };

  road_host_add_group (host, &group);
}

/* Losing this: the port map shows a port in a state that it does not have, or counts wrongly. */
static void
test_cells (void)
{
  g_autoptr (RoadHost) host = make_host ();
  g_autofree RoadPortCells *cells = g_new (RoadPortCells, 1);

  add_ports (host, "22,80,65535", ROAD_PORT_OPEN);
  add_ports (host, "0,81-255", ROAD_PORT_CLOSED);
  add_ports (host, "1000-1009", ROAD_PORT_FILTERED);
  add_ports (host, "2000-2001", ROAD_PORT_UNKNOWN);
  road_port_cells_read (cells, host);

  g_assert_cmpuint (cells->n_ports[ROAD_PORT_OPEN], ==, 3);
  g_assert_cmpuint (cells->n_ports[ROAD_PORT_CLOSED], ==, 176);
  g_assert_cmpuint (cells->n_ports[ROAD_PORT_FILTERED], ==, 10);
  g_assert_cmpuint (cells->n_ports[ROAD_PORT_UNKNOWN], ==, 65536 - 189);
  g_assert_cmpint (cells->states[0], ==, ROAD_PORT_CLOSED);
  g_assert_cmpint (cells->states[1], ==, ROAD_PORT_UNKNOWN);
  g_assert_cmpint (cells->states[255], ==, ROAD_PORT_CLOSED);
  g_assert_cmpint (cells->states[256], ==, ROAD_PORT_UNKNOWN);
  g_assert_cmpint (cells->states[1009], ==, ROAD_PORT_FILTERED);
  g_assert_cmpint (cells->states[2000], ==, ROAD_PORT_UNKNOWN);
  g_assert_cmpint (cells->states[65535], ==, ROAD_PORT_OPEN);

  g_assert_cmpint (road_port_cells_find_open (cells, -1, 1), ==, 22);
  g_assert_cmpint (road_port_cells_find_open (cells, 22, 1), ==, 80);
  g_assert_cmpint (road_port_cells_find_open (cells, 65535, 1), ==, ROAD_PORT_CELLS_NONE);
  g_assert_cmpint (road_port_cells_find_open (cells, 65535, -1), ==, 80);
  g_assert_cmpint (road_port_cells_find_open (cells, 22, -1), ==, ROAD_PORT_CELLS_NONE);

  road_port_cells_read (cells, NULL);
  g_assert_cmpuint (cells->n_ports[ROAD_PORT_UNKNOWN], ==, 65536);
}

/* Losing this: an arrow key moves the crosshair to a port that is not beside it, or out of the map. */
static void
test_moves (void)
{
  g_assert_cmpint (road_port_cells_move (256, 1, 0), ==, 257);
  g_assert_cmpint (road_port_cells_move (256, -1, 0), ==, 255);
  g_assert_cmpint (road_port_cells_move (0, -1, 0), ==, 0);
  g_assert_cmpint (road_port_cells_move (65535, 1, 0), ==, 65535);
  g_assert_cmpint (road_port_cells_move (1000, 0, 1), ==, 1256);
  g_assert_cmpint (road_port_cells_move (1000, 0, -16), ==, 232);
  g_assert_cmpint (road_port_cells_move (65000, 0, 16), ==, 65512);
  g_assert_cmpint (road_port_cells_move_to_edge (1000, FALSE), ==, 768);
  g_assert_cmpint (road_port_cells_move_to_edge (1000, TRUE), ==, 1023);
}

/* Losing this: the regions beside the map leave out ports, or have some twice. */
static void
test_regions (void)
{
  guint next = 0;

  for (guint i = 0; i < ROAD_N_PORT_REGIONS; i++)
    {
      const RoadPortRange range = road_port_region_get_range ((RoadPortRegion) i);

      g_assert_cmpuint (range.first, ==, next);
      /* Each begins a row. */
      g_assert_cmpuint (range.first % ROAD_PORT_CELLS_SIDE, ==, 0);
      next = range.last + 1U;
    }
  g_assert_cmpuint (next, ==, ROAD_PORT_CELLS_N);
}

/* Losing this: an open port is a single pixel that nobody sees, or two states look the same. */
static void
test_picture (void)
{
  const RoadPortColors colors = {
    .open = 1, .closed = 2, .filtered = 3, .filtered_weak = 4, .unknown = 5
  };
  g_autoptr (RoadHost) host = make_host ();
  g_autofree RoadPortCells *cells = g_new (RoadPortCells, 1);
  g_autofree guint32 *pixels = g_new (guint32, 512 * 512);
  guint n_open = 0;

  add_ports (host, "25700", ROAD_PORT_OPEN); /* column 100, row 100 */
  add_ports (host, "40000-50000", ROAD_PORT_CLOSED);
  add_ports (host, "50001-60000", ROAD_PORT_FILTERED);
  road_port_cells_read (cells, host);

  road_port_picture_draw (pixels, 256, 1, cells, &colors);
  for (guint i = 0; i < 256 * 256; i++)
    n_open += pixels[i] == colors.open;
  g_assert_cmpuint (n_open, >=, 80);
  g_assert_cmpuint (pixels[100 * 256 + 100], ==, colors.open);
  g_assert_cmpuint (pixels[100 * 256 + 105], ==, colors.open);
  g_assert_cmpuint (pixels[100 * 256 + 106], ==, 0);
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_true (pixels[i] == colors.unknown || pixels[i] == 0);
      g_assert_true (pixels[40000 + i] == colors.closed);
      g_assert_true (pixels[55000 + i] == colors.filtered ||
                     pixels[55000 + i] == colors.filtered_weak);
    }

  /* Each cell is as large as the others. */
  road_port_picture_draw (pixels, 512, 2, cells, &colors);
  g_assert_cmpuint (pixels[200 * 512 + 200], ==, colors.open);
  g_assert_cmpuint (pixels[2 * (40000 / 256 + 1) * 512], ==, colors.closed);
}

static void
check_lookup (const char *text, RoadHost *host, int expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (road_port_lookup (text, host, &error), ==, expected);
  if (expected != -1)
    g_assert_no_error (error);
  else
    g_assert_cmpuint (strlen (error->message), >, 20);
}

/* Losing this: Go to Port goes to another port than the user typed, or nowhere without saying why. */
static void
test_lookup (void)
{
  g_autoptr (RoadHost) host = make_host ();

  check_lookup ("22", NULL, 22);
  check_lookup (" 0 ", NULL, 0);
  check_lookup ("65535", NULL, 65535);
  check_lookup ("65536", NULL, -1);
  check_lookup ("99999999999999999999", NULL, -1);
  check_lookup ("", NULL, -1);
  check_lookup ("-1", NULL, -1);
  check_lookup ("no such service", NULL, -1);
  check_lookup ("*", NULL, -1);
  check_lookup ("SSH", NULL, 22);
  check_lookup ("https", NULL, 443);

  /* Where this host has it. */
  add_ports (host, "2222", ROAD_PORT_OPEN);
  road_host_set_service (host, 2222, "ssh", NULL);
  check_lookup ("ssh", host, 2222);
  check_lookup ("https", host, 443);
}

/* Losing this: the histogram shows a wrong median, or all round-trip times in one bar. */
static void
test_latencies (void)
{
  guint32 same[] = { 500, 500, 500 };
  guint32 even[] = { 4000, 1000, 3000, 2000 };
  guint32 wide[] = { 100, 1000000, 1000, 200, 150 };
  RoadLatencyBins bins;
  guint n = 0;

  road_latency_bins_fill (&bins, NULL, 0);
  g_assert_cmpuint (bins.n, ==, 0);

  road_latency_bins_fill (&bins, same, 3);
  g_assert_cmpuint (bins.median, ==, 500);
  g_assert_cmpuint (bins.counts[ROAD_LATENCY_N_BINS / 2], ==, 3);
  g_assert_cmpuint (bins.largest, ==, 3);

  road_latency_bins_fill (&bins, even, 4);
  g_assert_cmpuint (bins.least, ==, 1000);
  g_assert_cmpuint (bins.median, ==, 2500);
  g_assert_cmpuint (bins.greatest, ==, 4000);
  g_assert_false (bins.logarithmic);
  g_assert_cmpuint (bins.counts[0], ==, 1);
  g_assert_cmpuint (bins.counts[8], ==, 1);
  g_assert_cmpuint (bins.counts[ROAD_LATENCY_N_BINS - 1], ==, 1);

  road_latency_bins_fill (&bins, wide, 5);
  g_assert_true (bins.logarithmic);
  g_assert_cmpuint (bins.median, ==, 200);
  g_assert_cmpfloat_with_epsilon (road_latency_bins_locate (&bins, 10000), 0.5, 0.001);
  for (guint i = 0; i < ROAD_LATENCY_N_BINS; i++)
    n += bins.counts[i];
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (bins.largest, <, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/details/port-cells", test_cells);
  g_test_add_func ("/details/port-moves", test_moves);
  g_test_add_func ("/details/port-regions", test_regions);
  g_test_add_func ("/details/port-picture", test_picture);
  g_test_add_func ("/details/port-lookup", test_lookup);
  g_test_add_func ("/details/latencies", test_latencies);

  return g_test_run ();
}
