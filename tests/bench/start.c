/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/window/road-application.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Measures five starts of the window: how long it takes to the first frame, and how much memory it has a second after
 * that. To be started by tests/window/run-window-test. */

#define N_STARTS 5
#define SETTLE_MS 1000

/* The numbers of a start, in the order in which it prints them. */
static const char *const names[] = {
  "first frame, ms",       "without other processes, ms", "processor time, ms",
  "memory, own share, MB", "memory, all pages, MB",
};
#define N_NUMBERS G_N_ELEMENTS (names)

/* Returns: the @index-th number in @file, or 0 */
static double
read_number (const char *file, guint index)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    return 0;
  words = g_strsplit (text, " ", -1);

  return index < g_strv_length (words) ? g_ascii_strtod (words[index], NULL) : 0;
}

/* In ms since the process was started, in steps of the kernel's clock. */
static double
get_age (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6 -
         read_number ("/proc/self/stat", 21) * 1e3 / (double) sysconf (_SC_CLK_TCK);
}

/* In MB. */
static double
read_memory (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  line = strstr (text, name);

  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) * 1024 / 1e6 : 0;
}

static gboolean
on_settled (gpointer user_data)
{
  g_print (" %.1f %.1f\n", read_memory ("\nPss:"), read_memory ("\nRss:"));
  gtk_window_destroy (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_painted (GdkFrameClock *frame_clock, gpointer user_data)
{
  const double age = get_age ();
  const double waited = read_number ("/proc/thread-self/schedstat", 1) / 1e6;

  g_signal_handlers_disconnect_by_func (frame_clock, on_painted, user_data);
  g_print ("%.1f %.1f %.1f", age, age - waited, (double) clock () * 1e3 / CLOCKS_PER_SEC);
  g_timeout_add (SETTLE_MS, on_settled, user_data);
}

static void
on_window_added (GtkApplication *application, GtkWindow *window)
{
  gtk_widget_realize (GTK_WIDGET (window));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                    G_CALLBACK (on_painted), window);
}

static void
start_once (void)
{
  g_autoptr (RoadApplication) application = road_application_new ();

  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
  g_application_run (G_APPLICATION (application), 0, NULL);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return *x < *y ? -1 : *x > *y;
}

static void
print_medians (double numbers[N_NUMBERS][N_STARTS])
{
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      qsort (numbers[i], N_STARTS, sizeof (double), compare_doubles);
      g_print ("%-28s median %6.1f, from %6.1f to %6.1f\n", names[i], numbers[i][N_STARTS / 2],
               numbers[i][0], numbers[i][N_STARTS - 1]);
    }
}

int
main (int argc, char **argv)
{
  double numbers[N_NUMBERS][N_STARTS];

  if (argc > 1)
    {
      start_once ();
      return EXIT_SUCCESS;
    }

  for (guint i = 0; i < N_STARTS; i++)
    {
      g_autofree char *line = NULL;
      g_auto (GStrv) words = NULL;
      char *command[] = { argv[0], (char *) "--once", NULL };

      if (!g_spawn_sync (NULL, command, NULL, 0, NULL, NULL, &line, NULL, NULL, NULL))
        return EXIT_FAILURE;
      words = g_strsplit (g_strstrip (line), " ", -1);
      if (g_strv_length (words) != N_NUMBERS)
        return EXIT_FAILURE;
      for (guint j = 0; j < N_NUMBERS; j++)
        numbers[j][i] = g_ascii_strtod (words[j], NULL);
    }
  print_medians (numbers);

  return EXIT_SUCCESS;
}
