/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../window/find-widget.h"
#include "../window/frame-times.h"

#include "ui/filter/road-filter-bar.h"
#include "ui/map/road-map-view.h"
#include "ui/page/road-report-page.h"
#include "ui/window/road-application.h"

#include <stdlib.h>
#include <time.h>

/* Measures the frames of a report page while results come in; see the table of views and the options. To be started by
 * tests/window/run-window-test. */

/* How often and how many results come in. A second has ten batches, as those of a scan. */
#define BATCHES_PER_SECOND 10
#define HOSTS_PER_BATCH 25
#define NEW_HOSTS_PER_BATCH 5
#define PORTS_PER_HOST 100

/* The network has these addresses, so many hosts are expanded, and one of the first is selected. */
#define N_ADDRESSES 4096
#define SELECTED_HOST 10

/* The wheel turns a step in every third frame. */
#define WHEEL_STEP 100.0
#define WHEEL_FRAMES 3

/* Two numbers without a common divisor: the ports of a host come in an order that looks random. */
#define PORT_FACTOR 40503u
#define N_PORTS 65536u

typedef enum
{
  DETAILS_NONE,
  DETAILS_HOST, /* with the port map */
  DETAILS_SCAN,
} Details;

typedef struct
{
  const char *name;
  const char *page;   /* "list" or "map" */
  const char *column; /* that sorts */
  const char *filter;
  Details details;
} View;

static const View views[] = {
  { "list", "list", "none", "", DETAILS_NONE },
  { "list, sorted by state", "list", "state", "", DETAILS_NONE },
  { "list, sorted and filtered", "list", "latency", "open", DETAILS_NONE },
  { "list and host", "list", "none", "", DETAILS_HOST },
  { "list and scan", "list", "none", "", DETAILS_SCAN },
  { "map", "map", "none", "", DETAILS_NONE },
  { "map and host", "map", "none", "", DETAILS_HOST },
};

/* Changes of what is seen, of all rows at once. */
typedef struct
{
  const char *name;
  const char *column; /* NULL: as before */
  const char *filter; /* NULL: as before */
  const char *group;  /* NULL: as before */
} Change;

static const Change changes[] = {
  { "sort by state", "state", NULL, NULL },
  { "sort by latency", "latency", NULL, NULL },
  { "sort by service", "service", NULL, NULL },
  { "sort by address", "title", NULL, NULL },
  { "filter “http”", NULL, "http", NULL },
  { "filter “latency>0.7”", NULL, "latency>0.7", NULL },
  { "clear the filter", NULL, "", NULL },
  { "group by port", NULL, NULL, "port" },
  { "group by host", NULL, NULL, "host" },
};

typedef struct
{
  int seconds; /* for each view */
  int rows;
  int results; /* a second */
  gboolean copy;
  gboolean change;
  char *reader; /* NULL: nothing reads the accessibility tree */

  GtkApplication *application;
  GtkWidget *window;
  RoadReportPage *page;
  RoadReport *report;
  RoadScan *scan;
  GArray *n_ports; /* of guint, how many results each host has */
  guint batch;

  FrameTimes times;
  guint n_frames;
  guint view;
  gint64 view_end;
  double wheel_direction;
  gint64 copied_at;
  gint64 changed_at; /* 0: no change is being measured */
  double changed_ms;
} Bench;

/* The results. */

static RoadHost *
make_host (guint index)
{
  RoadAddress address;
  RoadHost *host;

  road_address_parse (&address, "10.0.0.0");
  road_address_add (&address, index);
  host = road_host_new (&address, NULL, NULL);
  road_host_set_index (host, index);
  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  road_host_set_latency (host, 200 + index * 7919 % 5000);

  return host;
}

/* @all_open: else every second one is closed */
static void
add_results (Bench *self, RoadHost *host, guint index, guint n_results, gboolean all_open)
{
  guint *n_ports = &g_array_index (self->n_ports, guint, index);
  g_autofree RoadPortResult *results = g_new0 (RoadPortResult, n_results);

  n_results = MIN (n_results, N_PORTS - 1 - *n_ports);
  for (guint i = 0; i < n_results; i++)
    {
      const gboolean is_open = all_open || i % 2 == 0;

      (*n_ports)++;
      results[i].port = (guint16) (*n_ports * PORT_FACTOR % N_PORTS);
      results[i].state = is_open ? ROAD_PORT_OPEN : ROAD_PORT_CLOSED;
      results[i].reason = is_open ? ROAD_REASON_SYN_ACK : ROAD_REASON_CONN_REFUSED;
      results[i].latency_us = 200 + results[i].port % 1000;
    }
  road_host_add_results (host, results, n_results);
}

static void
add_hosts (Bench *self, guint n_hosts, guint n_ports)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  const guint first = self->n_ports->len;

  g_array_set_size (self->n_ports, first + n_hosts);
  for (guint i = first; i < first + n_hosts; i++)
    {
      RoadHost *host = make_host (i);

      add_results (self, host, i, n_ports, TRUE);
      g_ptr_array_add (hosts, host);
    }
  road_report_add_hosts (self->report, hosts);
}

/* As many hosts at a time as a scan has under way; the selected one is always one of them. */
static gboolean
add_batch (gpointer user_data)
{
  Bench *self = user_data;
  const guint n_hosts = self->n_ports->len;
  const guint n_results = (guint) self->results / BATCHES_PER_SECOND / HOSTS_PER_BATCH;

  for (guint i = 0; i < HOSTS_PER_BATCH; i++)
    {
      const guint index = i == 0 ? SELECTED_HOST : (self->batch * 5 + i * 3) % n_hosts;
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->report), index);

      add_results (self, host, index, n_results, FALSE);
    }
  if (n_hosts + NEW_HOSTS_PER_BATCH <= N_ADDRESSES)
    add_hosts (self, NEW_HOSTS_PER_BATCH, 1);
  road_report_progress (self->report);
  self->batch++;

  return G_SOURCE_CONTINUE;
}

/* Its only use is that the details have a pace to show. */
static void
start_scan (Bench *self)
{
  g_autoptr (RoadTargetSpec) targets = road_target_spec_parse ("127.0.0.1", NULL);
  g_autoptr (RoadPortSet) ports = road_port_set_parse ("1-65535", NULL);
  g_autoptr (RoadProfile) profile = road_profile_new ("ports", ports, "max-rate", 50u, NULL);

  self->scan = road_scan_new (targets, profile);
  road_scan_start (self->scan);
}

/* What is seen. */

static GtkWidget *
get_list (Bench *self)
{
  return find_widget (GTK_WIDGET (self->page), GTK_TYPE_COLUMN_VIEW);
}

static GtkSelectionModel *
get_rows (Bench *self)
{
  return gtk_column_view_get_model (GTK_COLUMN_VIEW (get_list (self)));
}

static void
set_filter (Bench *self, const char *text)
{
  GtkWidget *bar = find_widget (GTK_WIDGET (self->page), ROAD_TYPE_FILTER_BAR);

  road_filter_set (road_filter_bar_get_filter (ROAD_FILTER_BAR (bar)), text, 0);
}

static void
set_details (Bench *self, gboolean shown)
{
  GtkWidget *page = GTK_WIDGET (self->page);

  if (shown)
    gtk_widget_activate_action (page, "page.show-details", NULL);
  else if (gtk_widget_get_mapped (find_widget (page, g_type_from_name ("RoadDetailsPane"))))
    gtk_widget_activate_action (page, "page.details", NULL);
}

static void
select_row (Bench *self, gboolean selected)
{
  GtkSelectionModel *selection = get_rows (self);
  guint position = 0;
  guint n_hosts = 0;

  /* Hosts are the rows that have no parent. */
  while (n_hosts < SELECTED_HOST)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (selection), ++position);

      n_hosts += gtk_tree_list_row_get_depth (row) == 0 ? 1 : 0;
    }

  if (selected)
    gtk_selection_model_select_item (selection, position, TRUE);
  else
    gtk_selection_model_unselect_all (selection);
}

static void
show_view (Bench *self)
{
  const View *view = &views[self->view];
  GtkWidget *page = GTK_WIDGET (self->page);

  /* The change of the view counts, too. */
  frame_times_begin (&self->times);
  frame_times_note (&self->times);
  gtk_widget_activate_action (page, "page.view", "s", view->page);
  gtk_widget_activate_action (self->window, "sort.column", "s", view->column);
  set_filter (self, view->filter);
  select_row (self, view->details != DETAILS_SCAN);
  set_details (self, view->details != DETAILS_NONE);
  self->view_end = g_get_monotonic_time () + self->seconds * G_USEC_PER_SEC;
}

static void
turn_wheel (Bench *self)
{
  GtkWidget *scrolled = g_str_equal (views[self->view].page, "map")
                            ? find_widget (GTK_WIDGET (self->page), ROAD_TYPE_MAP_VIEW)
                            : get_list (self);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (scrolled));
  const double value = gtk_adjustment_get_value (adjustment);
  const double last =
      gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (value >= last)
    self->wheel_direction = -1;
  else if (value <= 0)
    self->wheel_direction = 1;
  gtk_adjustment_set_value (adjustment, value + self->wheel_direction * WHEEL_STEP);
}

static void
print_times (Bench *self, const char *name)
{
  FrameTimes *times = &self->times;

  g_print ("%-26s %7u rows, %4u frames, own gaps: median %5.1f, p99 %6.1f, longest %7.1f ms, "
           "after the first second %6.1f ms; with other processes: p99 %6.1f, longest %7.1f ms\n",
           name, g_list_model_get_n_items (G_LIST_MODEL (get_rows (self))), times->gaps->len,
           frame_times_get_own_percentile (times, 0.5),
           frame_times_get_own_percentile (times, 0.99), frame_times_get_own_percentile (times, 1),
           times->longest_late, frame_times_get_percentile (times, 0.99),
           frame_times_get_percentile (times, 1));
}

/* The benchmarks. */

static gboolean
end (Bench *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));

  return G_SOURCE_REMOVE;
}

static gboolean
on_view_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;

  frame_times_note (&self->times);
  if (self->n_frames++ % WHEEL_FRAMES == 0)
    turn_wheel (self);
  if (g_get_monotonic_time () < self->view_end)
    return G_SOURCE_CONTINUE;

  print_times (self, views[self->view].name);
  self->view++;
  if (self->view == G_N_ELEMENTS (views))
    return end (self);
  show_view (self);

  return G_SOURCE_CONTINUE;
}

static void
on_clipboard_changed (Bench *self)
{
  self->copied_at = g_get_monotonic_time ();
}

static gboolean
on_copy_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;

  self->n_frames++;
  if (self->n_frames < 60)
    return G_SOURCE_CONTINUE;

  if (self->n_frames == 60)
    {
      gtk_widget_activate_action (get_list (self), "results.select-all", NULL);
      return G_SOURCE_CONTINUE;
    }

  frame_times_note (&self->times);
  if (self->n_frames == 62)
    {
      self->view_end = g_get_monotonic_time ();
      g_signal_connect_swapped (gtk_widget_get_clipboard (widget), "changed",
                                G_CALLBACK (on_clipboard_changed), self);
      gtk_widget_activate_action (get_list (self), "results.copy", NULL);
    }
  else if (self->copied_at != 0)
    {
      print_times (self, "copying");
      g_print ("copied %u rows in %.2f s\n",
               g_list_model_get_n_items (G_LIST_MODEL (get_rows (self))),
               (double) (self->copied_at - self->view_end) / 1e6);
      return end (self);
    }

  return G_SOURCE_CONTINUE;
}

static void
make_change (Bench *self, const Change *change)
{
  if (change->column != NULL)
    gtk_widget_activate_action (self->window, "sort.column", "s", change->column);
  if (change->filter != NULL)
    set_filter (self, change->filter);
  if (change->group != NULL)
    gtk_widget_activate_action (self->window, "columns.group-by", "s", change->group);
}

/* What this thread has used of the processor, in ms: others may be busy meanwhile. */
static double
get_thread_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* A change counts until the frame that shows it has begun. */
static gboolean
on_change_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;
  const gint64 now = g_get_monotonic_time ();

  if (self->changed_at != 0)
    {
      g_print ("%-22s %7u rows, %4.0f ms, %4.0f ms of our thread\n", changes[self->view].name,
               g_list_model_get_n_items (G_LIST_MODEL (get_rows (self))),
               (double) (now - self->changed_at) / 1e3, get_thread_ms () - self->changed_ms);
      self->changed_at = 0;
      if (++self->view == G_N_ELEMENTS (changes))
        return end (self);
    }
  else if (self->n_frames++ % 60 == 59)
    {
      self->changed_at = now;
      self->changed_ms = get_thread_ms ();
      make_change (self, &changes[self->view]);
    }

  return G_SOURCE_CONTINUE;
}

static void
start_reader (Bench *self)
{
  g_autoptr (GError) error = NULL;

  if (g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/usr/bin/python3", self->reader, NULL) ==
      NULL)
    g_error ("%s", error->message);
}

static void
on_activate (Bench *self)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  const guint n_rows = (guint) self->rows;
  const guint n_hosts = n_rows / (PORTS_PER_HOST + 1);

  self->report = road_report_new ("10.0.0.0/20", profile);
  road_report_set_n_targets (self->report, N_ADDRESSES);
  add_hosts (self, n_hosts, PORTS_PER_HOST);

  self->window = gtk_application_window_new (self->application);
  self->page = g_object_new (ROAD_TYPE_REPORT_PAGE, NULL);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1100, 760);
  road_report_page_insert_actions (self->page, self->window);
  road_report_page_set_report (self->page, self->report);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_activate_action (get_list (self), "results.expand-all", NULL);

  if (self->copy)
    {
      gtk_widget_add_tick_callback (self->window, on_copy_frame, self, NULL);
      return;
    }

  if (self->change)
    {
      gtk_widget_add_tick_callback (self->window, on_change_frame, self, NULL);
      return;
    }

  start_scan (self);
  road_report_page_set_scan (self->page, self->scan);
  g_timeout_add (1000 / BATCHES_PER_SECOND, add_batch, self);
  show_view (self);
  gtk_widget_add_tick_callback (self->window, on_view_frame, self, NULL);
  if (self->reader != NULL)
    start_reader (self);
}

/* The application would show a window of its own. */
static int
on_command_line (Bench *self)
{
  on_activate (self);

  return 0;
}

static gboolean
parse (Bench *self, int argc, char **argv)
{
  const GOptionEntry options[] = {
    { "seconds", 0, 0, G_OPTION_ARG_INT, &self->seconds, "how long to measure each view", "N" },
    { "rows", 0, 0, G_OPTION_ARG_INT, &self->rows,
      "rows at the start: 200,000, or 1,000,000 to be copied or changed", "N" },
    { "results", 0, 0, G_OPTION_ARG_INT, &self->results, "results a second", "N" },
    { "copy", 0, 0, G_OPTION_ARG_NONE, &self->copy, "measure how all rows are copied", NULL },
    { "change", 0, 0, G_OPTION_ARG_NONE, &self->change,
      "measure how long sorting, filtering and grouping of all rows take", NULL },
    { "reader", 0, 0, G_OPTION_ARG_FILENAME, &self->reader,
      "a script that reads the accessibility tree meanwhile", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error))
    return TRUE;
  g_printerr ("%s\n", error->message);

  return FALSE;
}

int
main (int argc, char **argv)
{
  Bench bench = { .seconds = 30, .results = 10000, .wheel_direction = 1 };
  g_autoptr (RoadApplication) application = road_application_new ();

  if (!parse (&bench, argc, argv))
    return EXIT_FAILURE;

  if (bench.rows == 0)
    bench.rows = bench.copy || bench.change ? 1000000 : 200000;
  bench.application = GTK_APPLICATION (application);
  bench.n_ports = g_array_new (FALSE, TRUE, sizeof (guint));
  frame_times_init (&bench.times);
  g_signal_connect_swapped (application, "command-line", G_CALLBACK (on_command_line), &bench);
  g_application_run (G_APPLICATION (application), 0, NULL);

  frame_times_clear (&bench.times);
  g_array_unref (bench.n_ports);
  if (bench.scan != NULL)
    road_scan_stop (bench.scan);
  g_clear_object (&bench.scan);
  g_clear_object (&bench.report);

  return EXIT_SUCCESS;
}
