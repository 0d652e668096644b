/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-application.h"

#include "engine/connect/road-client-connect.h"
#include "road-ui-resource.h"
#include "road-window.h"
#include "ui/profiles/road-last-choice.h"
#include "ui/scan/road-scan-notifier.h"
#include "ui/widgets/road-narrow-dialog.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/* How long the program takes at most to end when it is told to, in s: sessions wait longer. */
#define MAX_SECONDS_TO_END 5

#define RESOURCE_PATH "/io/github/roadstead/Roadstead"

struct _RoadApplication
{
  GtkApplication parent_instance;

  GSettings *settings;
  RoadProfileStore *profiles;
  guint signal_ids[3];
  guint n_ending; /* windows that keep what must not be lost */
};

G_DEFINE_FINAL_TYPE (RoadApplication, road_application, GTK_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "new-window", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Open a new window"),
    NULL },
  { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Show version and exit"), NULL },
  { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, NULL, NULL,
    /* Translators: in the help of the command line: what can follow the name of the program */
    N_ ("[TARGET…|FILE.json|FILE.xml]") },
  { NULL }
};

static const struct
{
  const char *action;
  const char *accels[3];
} accels[] = {
  { "app.new-window", { "<Control>n" } },
  { "app.quit", { "<Control>q" } },
  { "app.shortcuts", { "<Control>question" } },
  { "win.open", { "<Control>o" } },
  { "win.show-recent", { "<Control>h" } },
  { "win.profiles", { "<Control><Shift>p" } },
  { "win.toggle-pause", { "<Control>p" } },
  { "win.scan-again", { "F5" } },
  { "win.save-as", { "<Control>s", "<Control><Shift>s" } },
  { "win.save-comparison", { "<Control>s", "<Control><Shift>s" } },
  { "win.compare", { "<Control>d" } },
  { "win.filter", { "<Control>f" } },
  { "win.focus-target", { "<Control>l" } },
  { "page.details", { "F9" } },
  { "window.close", { "<Control>w" } },
};

static RoadWindow *
add_window (RoadApplication *self)
{
  RoadWindow *window = road_window_new (GTK_APPLICATION (self), self->profiles);

  gtk_window_present (GTK_WINDOW (window));

  return window;
}

/* The active window if it is unused, else a new one. */
static RoadWindow *
get_unused_window (RoadApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!ROAD_IS_WINDOW (window) || !road_window_is_unused (ROAD_WINDOW (window)))
    return add_window (self);

  gtk_window_present (window);

  return ROAD_WINDOW (window);
}

static void
new_window_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  add_window (ROAD_APPLICATION (user_data));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  GtkWidget *dialog =
      g_object_new (GTK_TYPE_ABOUT_DIALOG, "transient-for", parent, "modal", TRUE, "program-name",
                    "Roadstead", "version", PACKAGE_VERSION, "logo-icon-name", APP_ID, "comments",
                    _ ("Find open TCP ports by connecting to them"), "website", PACKAGE_URL,
                    "license-type", GTK_LICENSE_GPL_3_0, "copyright",
                    _ ("© The Roadstead developers"), "translator-credits",
                    /* Translators: your names, one per line */
                    _ ("translator-credits"), NULL);

  if (parent != NULL)
    road_narrow_dialog_fit (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* GtkApplication could make it for each window (gtk/help-overlay.ui), but hidden until it is opened. With a hidden
 * window, GTK 4.8 crashes when a screen reader asks for one window more than are visible, as it may just after a
 * dialog has closed. */
static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource (RESOURCE_PATH "/shortcuts-window.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));

  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}

/* Closed one by one, as each may ask something first. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows =
      g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *i = windows; i != NULL; i = i->next)
    gtk_window_close (GTK_WINDOW (i->data));
}

static void
on_window_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RoadApplication *self = user_data;

  if (--self->n_ending == 0)
    g_application_quit (G_APPLICATION (self));
}

static gboolean
on_end_timeout (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));

  return G_SOURCE_REMOVE;
}

/* The session ends, or the terminal is closed: running scans are kept. */
static gboolean
on_end_signal (gpointer user_data)
{
  RoadApplication *self = ROAD_APPLICATION (user_data);

  if (self->n_ending > 0)
    return G_SOURCE_CONTINUE;

  self->n_ending = 1;
  for (GList *i = gtk_application_get_windows (GTK_APPLICATION (self)); i != NULL; i = i->next)
    {
      if (ROAD_IS_WINDOW (i->data))
        {
          self->n_ending++;
          road_window_end_async (ROAD_WINDOW (i->data), on_window_ended, self);
        }
    }
  g_timeout_add_seconds (MAX_SECONDS_TO_END, on_end_timeout, self);
  on_window_ended (NULL, NULL, self);

  return G_SOURCE_CONTINUE;
}

static void
watch_signals (RoadApplication *self)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

  G_STATIC_ASSERT (G_N_ELEMENTS (numbers) == G_N_ELEMENTS (self->signal_ids));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    self->signal_ids[i] = g_unix_signal_add (numbers[i], on_end_signal, self);
}

static const GActionEntry actions[] = {
  { "new-window", new_window_action },
  { "shortcuts", shortcuts_action },
  { "about", about_action },
  { "quit", quit_action },
};

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, RESOURCE_PATH "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* By which X11 docks find the desktop file: its StartupWMClass. */
static void
set_window_class (void)
{
#ifdef GDK_WINDOWING_X11
  GdkDisplay *display = gdk_display_get_default ();

  if (GDK_IS_X11_DISPLAY (display))
    gdk_x11_display_set_program_class (display, APP_ID);
#endif
}

static void
on_default_changed (GSettings *settings, const char *key, gpointer user_data)
{
  road_last_choice_forget (settings);
}

static void
load_profiles (RoadApplication *self)
{
  g_autoptr (GFile) folder = road_profile_store_get_user_folder ();

  self->settings = g_settings_new (APP_ID);
  self->profiles = road_profile_store_new (folder);
  g_settings_bind (self->settings, "default-profile", self->profiles, "default-id",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect (self->settings, "changed::default-profile", G_CALLBACK (on_default_changed),
                    NULL);
  road_profile_store_watch (self->profiles);
}

static void
road_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (road_application_parent_class)->startup (application);

  load_profiles (ROAD_APPLICATION (application));
  watch_signals (ROAD_APPLICATION (application));
  road_client_connect_drop_debug_messages ();
  gtk_window_set_default_icon_name (APP_ID);
  set_window_class ();
  load_style ();

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  road_scan_notifier_add_actions (application);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           (const char *const *) accels[i].accels);
}

static void
road_application_activate (GApplication *application)
{
  get_unused_window (ROAD_APPLICATION (application));
}

static void
road_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    road_window_open (get_unused_window (ROAD_APPLICATION (application)), files[i]);
}

/* Does not check the disk, as a target would mean something else if a file of that name existed. No target
 * starts like a path. */
static gboolean
is_file (const char *argument)
{
  return g_str_has_suffix (argument, ".json") || g_str_has_suffix (argument, ".xml") ||
         g_str_has_prefix (argument, "file:") || g_str_has_prefix (argument, "/") ||
         g_str_has_prefix (argument, "./") || g_str_has_prefix (argument, "../");
}

static int
road_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  RoadApplication *self = ROAD_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GString) targets = g_string_new (NULL);
  g_autofree const char **arguments = NULL;
  gboolean any_file = FALSE;
  gboolean opens_window;

  g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&s", &arguments);
  opens_window = g_variant_dict_contains (dict, "new-window");
  if (opens_window)
    add_window (self);

  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    {
      if (is_file (arguments[i]))
        {
          g_autoptr (GFile) file =
              g_application_command_line_create_file_for_arg (command_line, arguments[i]);

          road_window_open (get_unused_window (self), file);
          any_file = TRUE;
        }
      else
        {
          g_string_append_printf (targets, "%s%s", targets->len > 0 ? " " : "", arguments[i]);
        }
    }

  if (targets->len > 0)
    road_window_set_targets (get_unused_window (self), targets->str);
  else if (!any_file && !opens_window)
    g_application_activate (application);

  return 0;
}

static int
road_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("roadstead %s\n", PACKAGE_VERSION);
      return 0;
    }

  return -1;
}

static void
road_application_dispose (GObject *object)
{
  RoadApplication *self = ROAD_APPLICATION (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  g_clear_object (&self->profiles);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (road_application_parent_class)->dispose (object);
}

static void
road_application_class_init (RoadApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_application_dispose;
  application_class->startup = road_application_startup;
  application_class->activate = road_application_activate;
  application_class->open = road_application_open;
  application_class->command_line = road_application_command_line;
  application_class->handle_local_options = road_application_handle_local_options;

  road_ui_register_resource ();
}

static void
road_application_init (RoadApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("Finds open TCP ports. Targets are filled in, files are opened."));
}

RoadApplication *
road_application_new (void)
{
  return g_object_new (ROAD_TYPE_APPLICATION, "application-id", APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", RESOURCE_PATH, NULL);
}
