/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../unit/slowness.h"
#include "find-widget.h"
#include "ui/rows/road-port-row.h"
#include "ui/results/road-result-cell.h"
#include "ui/results/road-results-view.h"
#include "ui/window/road-application.h"

#include <math.h>
#include <time.h>

/* The results on a display while a scan adds to them. */

#define N_AT_FIRST 600
#define N_BATCHES 30
#define N_IN_BATCH 40

/* The limits for the processor time of a batch and the frames that show it. */
#define MAX_USUAL_MS 34.0
#define MAX_MS 100.0

typedef struct
{
  RoadReport *report;
  RoadHost *host;
  GtkWidget *window;
  GtkWidget *view;
  GtkWidget *list; /* the rows of the column view */
  GtkAdjustment *scroll;
  guint16 ports[65535]; /* in random order */
  guint n_added;
} View;

static double
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *n_frames = user_data;

  return --*n_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
wait_for_frames (View *self, guint n_frames)
{
  gtk_widget_add_tick_callback (self->window, on_frame, &n_frames, NULL);
  while (n_frames > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
add_ports (View *self, guint n_ports)
{
  g_autofree RoadPortResult *results = g_new0 (RoadPortResult, n_ports);

  for (guint i = 0; i < n_ports; i++)
    {
      results[i].port = self->ports[self->n_added++];
      results[i].state = ROAD_PORT_OPEN;
      results[i].reason = ROAD_REASON_SYN_ACK;
      results[i].latency_us = 100;
    }

  road_host_add_results (self->host, results, n_ports);
}

static void
view_init (View *self)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  RoadAddress address;

  for (guint i = 0; i < G_N_ELEMENTS (self->ports); i++)
    self->ports[i] = (guint16) (i + 1);
  for (guint i = 0; i < G_N_ELEMENTS (self->ports); i++)
    {
      guint j = (guint) g_test_rand_int_range ((int) i, G_N_ELEMENTS (self->ports));
      guint16 port = self->ports[j];

      self->ports[j] = self->ports[i];
      self->ports[i] = port;
    }

  g_assert_true (road_address_parse (&address, "192.0.2.1"));
  self->report = road_report_new ("192.0.2.1", profile);
  road_report_set_n_targets (self->report, 1);
  self->host = road_host_new (&address, NULL, NULL);
  road_host_set_state (self->host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  g_ptr_array_add (hosts, g_object_ref (self->host));
  road_report_add_hosts (self->report, hosts);
  add_ports (self, N_AT_FIRST);

  self->view = g_object_new (ROAD_TYPE_RESULTS_VIEW, NULL);
  road_results_view_set_report (ROAD_RESULTS_VIEW (self->view), self->report);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 500);
  gtk_window_set_child (GTK_WINDOW (self->window), self->view);
  gtk_window_present (GTK_WINDOW (self->window));
  self->list = find_widget (self->view, GTK_TYPE_LIST_VIEW);
  self->scroll = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (find_widget (self->view, GTK_TYPE_SCROLLED_WINDOW)));
  wait_for_frames (self, 5);
}

static void
view_clear (View *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->host);
  g_object_unref (self->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

/* The row widget @y pixels below the top of the list. */
static GtkWidget *
pick_row (View *self, double y)
{
  GtkWidget *row = gtk_widget_pick (self->list, 100, y, GTK_PICK_DEFAULT);

  while (row != NULL && gtk_widget_get_parent (row) != self->list)
    row = gtk_widget_get_parent (row);
  g_assert_nonnull (row);

  return row;
}

/* Returns: the port of a row, 0 for a host */
static guint16
get_port (GtkWidget *row)
{
  GObject *item =
      road_result_cell_get_item (ROAD_RESULT_CELL (find_widget (row, ROAD_TYPE_RESULT_CELL)));

  return ROAD_IS_PORT_ROW (item) ? road_port_row_get_result (ROAD_PORT_ROW (item))->port : 0;
}

static double
get_y (View *self, GtkWidget *row)
{
  double x, y;

  g_assert_true (gtk_widget_translate_coordinates (row, self->list, 0, 0, &x, &y));

  return y;
}

/* The only selected port, 0 if there is none or several. */
static guint16
get_selected (View *self)
{
  GtkColumnView *column_view = GTK_COLUMN_VIEW (gtk_widget_get_parent (self->list));
  GtkSelectionModel *model = gtk_column_view_get_model (column_view);
  g_autoptr (GtkBitset) selection = gtk_selection_model_get_selection (model);
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (GObject) item = NULL;

  if (gtk_bitset_get_size (selection) != 1)
    return 0;

  row = g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_minimum (selection));
  item = gtk_tree_list_row_get_item (row);

  return ROAD_IS_PORT_ROW (item) ? road_port_row_get_result (ROAD_PORT_ROW (item))->port : 0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return *x < *y ? -1 : *x > *y;
}

/* Adds ports in batches and waits for each to be drawn; after each calls @check. */
static void
add_batches (View *self, void (*check) (View *self, gpointer user_data), gpointer user_data)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  double usual, longest;

  for (guint i = 0; i < N_BATCHES; i++)
    {
      double time = -get_processor_time ();

      add_ports (self, N_IN_BATCH);
      wait_for_frames (self, 2);
      time += get_processor_time ();
      g_array_append_val (times, time);
      check (self, user_data);
    }

  g_array_sort (times, compare_doubles);
  usual = g_array_index (times, double, times->len * 9 / 10);
  longest = g_array_index (times, double, times->len - 1);
  g_test_message ("processor time of a batch: 9 of 10 within %.1f ms, all within %.1f ms", usual,
                  longest);
  g_assert_cmpfloat (usual, <=, MAX_USUAL_MS * (double) get_slowness ());
  g_assert_cmpfloat (longest, <=, MAX_MS * (double) get_slowness ());
}

/* GTK 4.8 leaves rows out after a jump over more rows than it has widgets. */
static void
scroll_to_third (View *self)
{
  while (gtk_adjustment_get_value (self->scroll) < gtk_adjustment_get_upper (self->scroll) / 3)
    {
      gtk_adjustment_set_value (self->scroll, gtk_adjustment_get_value (self->scroll) + 1000);
      wait_for_frames (self, 3);
    }
}

typedef struct
{
  guint16 port;
  double y;
} Place;

static void
check_selected (View *self, gpointer user_data)
{
  const Place *place = user_data;
  GtkWidget *row = pick_row (self, place->y + 1);

  g_assert_cmpuint (get_selected (self), ==, place->port);
  g_assert_cmpuint (get_port (row), ==, place->port);
  g_assert_cmpfloat_with_epsilon (get_y (self, row), place->y, 1);
}

static void
check_focused (View *self, gpointer user_data)
{
  const Place *place = user_data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  check_selected (self, user_data);
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, self->list));
  g_assert_cmpuint (get_port (focus), ==, place->port);
}

static void
check_top (View *self, gpointer user_data)
{
  const Place *place = user_data;
  GtkWidget *row = pick_row (self, place->y + 1);

  g_assert_cmpuint (get_port (row), ==, place->port);
  g_assert_cmpfloat_with_epsilon (get_y (self, row), place->y, 1);
}

/* Losing this: nobody can read a host with thousands of open ports while it is scanned: the rows run away,
 * and the selected one is pushed out of sight. */
static void
test_row_stays (void)
{
  g_auto (View) view = { NULL };
  Place place;
  GtkWidget *row;

  view_init (&view);
  scroll_to_third (&view);

  /* The first that is not cut off. */
  row = pick_row (&view, 31);
  place.port = get_port (row);
  place.y = get_y (&view, row);
  add_batches (&view, check_top, &place);

  row = pick_row (&view, 400);
  place.port = get_port (row);
  place.y = get_y (&view, row);
  gtk_widget_grab_focus (row);
  gtk_widget_activate_action (row, "listitem.select", "(bb)", FALSE, FALSE);
  wait_for_frames (&view, 2);
  add_batches (&view, check_focused, &place);

  /* As when the user turns to another part of the window. */
  gtk_window_set_focus (GTK_WINDOW (view.window), NULL);
  add_batches (&view, check_selected, &place);
}

/* Losing this: a list that nobody has scrolled drifts away from its top. */
static void
test_top_stays (void)
{
  g_auto (View) view = { NULL };
  Place place = { 0, 0 };

  view_init (&view);
  add_batches (&view, check_top, &place);
  g_assert_cmpfloat (gtk_adjustment_get_value (view.scroll), ==, 0);
}

/* @found: (element-type GtkWidget): where to add all cells in @root */
static void
find_cells (GtkWidget *root, GHashTable *found)
{
  if (ROAD_IS_RESULT_CELL (root))
    g_hash_table_add (found, g_object_ref (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_cells (child, found);
}

/* Losing this: sorting and filtering take a third longer, in which hundreds of cells are freed that are then made
 * again. */
static void
test_cells_stay (void)
{
  g_auto (View) view = { NULL };
  g_autoptr (GHashTable) before = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_autoptr (GHashTable) after = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  GtkColumnView *column_view;
  g_autoptr (GtkColumnViewColumn) column = NULL;
  GHashTableIter iter;
  gpointer cell;
  guint n_same = 0;

  view_init (&view);
  find_cells (view.list, before);
  column_view = GTK_COLUMN_VIEW (gtk_widget_get_parent (view.list));
  column = g_list_model_get_item (gtk_column_view_get_columns (column_view), ROAD_COLUMN_TITLE);
  gtk_column_view_sort_by_column (column_view, column, GTK_SORT_DESCENDING);
  wait_for_frames (&view, 5);

  find_cells (view.list, after);
  g_assert_cmpuint (g_hash_table_size (after), >, 100);
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    {
      if (g_hash_table_contains (before, cell))
        n_same++;
    }

  /* Newer GTK makes one row anew. */
  g_assert_cmpuint (n_same, >=, g_hash_table_size (after) * 9 / 10);
}

static double
get_luminance (const GdkRGBA *color, const GdkRGBA *background)
{
  const float channels[][2] = { { color->red, background->red },
                                { color->green, background->green },
                                { color->blue, background->blue } };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      double c = (double) color->alpha * (double) channels[i][0] +
                 (1 - (double) color->alpha) * (double) channels[i][1];

      luminance += weights[i] * (c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }

  return luminance;
}

/* The contrast of two colours, as WCAG defines it. */
static double
get_contrast (const GdkRGBA *color, const GdkRGBA *background)
{
  const double a = get_luminance (color, background) + 0.05;
  const double b = get_luminance (background, background) + 0.05;

  return MAX (a, b) / MIN (a, b);
}

static void
assert_readable (GtkWidget *widget, const char *what, const char *background_name)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA color, background;
  double contrast;

  g_assert_true (gtk_style_context_lookup_color (style, background_name, &background));
  gtk_style_context_get_color (style, &color);
  contrast = get_contrast (&color, &background);
  g_test_message ("%s: %.1f", what, contrast);
  g_assert_cmpfloat (contrast, >=, 4.5);
}

/* Losing this: in a dark theme nobody sees which row is selected. */
static void
assert_selection_is_seen (GtkWidget *widget)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA line, background;
  double contrast;

  g_assert_true (gtk_style_context_lookup_color (style, "road_selected_line_color", &line));
  g_assert_true (gtk_style_context_lookup_color (style, "theme_base_color", &background));
  contrast = get_contrast (&line, &background);
  g_test_message ("the lines of a selected row: %.1f", contrast);
  g_assert_cmpfloat (contrast, >=, 3);
}

static void
check_colors (View *self)
{
  static const char *const classes[] = {
    "state-open", "state-up",    "state-filtered", "state-closed", "dim-label", "fault",
    "change-new", "change-gone", "change-other",   "change-none",  "soft",      "service-remark",
  };
  GtkWidget *column_view = gtk_widget_get_parent (self->list);
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (column_view));
  GtkWidget *cell = find_widget (pick_row (self, 100), ROAD_TYPE_RESULT_CELL);
  GtkWidget *label = find_widget (cell, GTK_TYPE_LABEL);

  assert_readable (find_widget (gtk_widget_get_first_child (column_view), GTK_TYPE_LABEL),
                   "a header", "theme_base_color");

  gtk_selection_model_unselect_all (model);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      gtk_widget_add_css_class (label, classes[i]);
      wait_for_frames (self, 2);
      assert_readable (label, classes[i], "theme_base_color");
      assert_readable (label, "the same beside the list", "theme_bg_color");
      gtk_widget_remove_css_class (label, classes[i]);
    }

  gtk_selection_model_select_all (model);
  gtk_widget_add_css_class (label, "dim-label");
  wait_for_frames (self, 2);
  assert_readable (label, "dim-label, selected", "road_selected_bg_color");
  assert_selection_is_seen (label);
  gtk_widget_remove_css_class (label, "dim-label");
}

/* Returns: how many of the headers in @root have an arrow */
static guint
count_arrows (GtkWidget *root)
{
  guint n = g_str_equal (gtk_widget_get_css_name (root), "sort-indicator") &&
            (gtk_widget_has_css_class (root, "ascending") ||
             gtk_widget_has_css_class (root, "descending"));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_arrows (child);

  return n;
}

/* Losing this: nobody can tell which of two columns with an arrow the list is sorted by. */
static void
test_one_arrow (void)
{
  static const char *const columns[] = { "title", "latency", "state" };
  g_auto (View) view = { NULL };
  GtkWidget *header;
  GActionGroup *sorting;

  view_init (&view);
  header = gtk_widget_get_first_child (gtk_widget_get_parent (view.list));
  sorting = road_results_view_get_sort_actions (ROAD_RESULTS_VIEW (view.view));
  /* Not the order that another test has left. */
  g_action_group_activate_action (sorting, "column", g_variant_new_string ("none"));
  g_assert_cmpuint (count_arrows (header), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_action_group_activate_action (sorting, "column", g_variant_new_string (columns[i]));
      g_assert_cmpuint (count_arrows (header), ==, 1);
    }
}

/* Losing this: the list jumps to its top when it is sorted, or at the end of a scan, with nothing selected. */
static void
test_place_stays_when_sorted (void)
{
  g_auto (View) view = { NULL };
  GActionGroup *sorting;
  double value;

  view_init (&view);
  scroll_to_third (&view);
  sorting = road_results_view_get_sort_actions (ROAD_RESULTS_VIEW (view.view));
  for (guint i = 0; i < 4; i++)
    {
      GtkWidget *row = pick_row (&view, 200);
      const double height = gtk_widget_get_height (row);

      gtk_root_set_focus (GTK_ROOT (view.window), NULL);
      value = gtk_adjustment_get_value (view.scroll);
      g_action_group_activate_action (sorting, "column",
                                      g_variant_new_string (i % 2 == 0 ? "title" : "latency"));
      wait_for_frames (&view, 5);
      g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (view.scroll), value, height + 1);

      /* No place is left empty. */
      for (double y = 10; y < gtk_widget_get_height (view.list); y += height)
        pick_row (&view, y);
    }
}

/* Losing this: people with poor eyesight cannot read addresses, errors or headers. */
static void
test_contrast (void)
{
  static const char *const themes[] = { "Adwaita", "HighContrast" };
  g_auto (View) view = { NULL };
  GtkSettings *settings = gtk_settings_get_default ();

  view_init (&view);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (themes); i++)
    {
      g_test_message ("%s%s", themes[i / 2], i % 2 != 0 ? ", dark" : "");
      g_object_set (settings, "gtk-theme-name", themes[i / 2], "gtk-application-prefer-dark-theme",
                    i % 2 != 0, NULL);
      wait_for_frames (&view, 3);
      check_colors (&view);
    }
  gtk_settings_reset_property (settings, "gtk-theme-name");
  gtk_settings_reset_property (settings, "gtk-application-prefer-dark-theme");
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/roadstead/Roadstead/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  g_autoptr (RoadApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  application = road_application_new (); /* has the templates */
  load_style ();

  g_test_add_func ("/results-view/row-stays", test_row_stays);
  g_test_add_func ("/results-view/top-stays", test_top_stays);
  g_test_add_func ("/results-view/place-stays-when-sorted", test_place_stays_when_sorted);
  g_test_add_func ("/results-view/one-arrow", test_one_arrow);
  g_test_add_func ("/results-view/cells-stay", test_cells_stay);
  g_test_add_func ("/results-view/contrast", test_contrast);

  return g_test_run ();
}
