/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-notices.h"

#include "road-message-bar.h"
#include "road-show-in-folder.h"
#include "engine/base/road-text-escape.h"

#include <glib/gi18n.h>

struct _RoadNotices
{
  GtkWidget parent_instance;

  RoadMessageBar *error_bar;
  RoadMessageBar *unsaved_bar;
  RoadMessageBar *saved_bar;
  RoadMessageBar *pause_bar;
  RoadMessageBar *problems_bar;
  RoadMessageBar *addresses_bar;
  GFile *saved_file;
};

G_DEFINE_FINAL_TYPE (RoadNotices, road_notices, GTK_TYPE_WIDGET)

static void
show_in_folder_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadNotices *self = ROAD_NOTICES (widget);

  if (self->saved_file != NULL)
    road_show_in_folder (GTK_WINDOW (gtk_widget_get_root (widget)), self->saved_file);
}

static void
road_notices_dispose (GObject *object)
{
  g_clear_object (&ROAD_NOTICES (object)->saved_file);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_NOTICES);

  G_OBJECT_CLASS (road_notices_parent_class)->dispose (object);
}

static void
road_notices_class_init (RoadNoticesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_notices_dispose;

  g_type_ensure (ROAD_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-notices.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadNotices, error_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadNotices, unsaved_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadNotices, saved_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadNotices, pause_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadNotices, problems_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadNotices, addresses_bar);
  gtk_widget_class_install_action (widget_class, "notices.show-in-folder", NULL,
                                   show_in_folder_action);
}

static void
road_notices_init (RoadNotices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  road_message_bar_add_button (self->unsaved_bar,
                               /* Translators: a button: saves again */
                               _ ("_Try Again"), "win.save-again");
  road_message_bar_add_button (self->saved_bar, _ ("Show in _Folder"), "notices.show-in-folder");
  road_message_bar_add_button (self->addresses_bar, _ ("Scan _All Addresses"),
                               "win.scan-all-addresses");
}

/* Whether the only target did not respond, so that it may be down or filtered. */
static gboolean
seems_down (RoadReport *report)
{
  return road_report_get_status (report) == ROAD_REPORT_FINISHED &&
         road_report_get_n_targets (report) == 1 &&
         road_report_get_n_hosts (report, ROAD_HOST_DOWN) == 1;
}

static void
show_info_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  road_notices_show_info (user_data, g_variant_get_string (parameter, NULL));
}

/* Adds the action show-info, for parts of the window that have no place for messages. */
void
road_notices_add_actions (RoadNotices *self, GActionMap *map)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("show-info", G_VARIANT_TYPE_STRING);

  g_return_if_fail (ROAD_IS_NOTICES (self));
  g_return_if_fail (G_IS_ACTION_MAP (map));

  g_signal_connect_object (action, "activate", G_CALLBACK (show_info_action), self, 0);
  g_action_map_add_action (map, G_ACTION (action));
}

void
road_notices_show_info (RoadNotices *self, const char *message)
{
  g_return_if_fail (ROAD_IS_NOTICES (self));
  g_return_if_fail (message != NULL);

  road_message_bar_show (self->error_bar, ROAD_MESSAGE_INFO, message, NULL);
}

/* Says that @file was saved. @complete: whether the scan had finished */
void
road_notices_show_saved (RoadNotices *self, GFile *file, gboolean complete)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  g_return_if_fail (ROAD_IS_NOTICES (self));
  g_return_if_fail (G_IS_FILE (file));

  path = g_file_get_basename (file);
  name = g_filename_display_name (path);
  message = complete ? g_strdup_printf (_ ("Saved to “%s”."), name)
                     /* Translators: a scan is still running */
                     : g_strdup_printf (_ ("The results so far were saved to “%s”."), name);
  g_set_object (&self->saved_file, file);
  road_message_bar_show (self->saved_bar, ROAD_MESSAGE_INFO, message, NULL);
}

/* Says why the results could not be saved, to a file or among the recent scans, and offers the action win.save-again. */
void
road_notices_show_unsaved (RoadNotices *self, const char *message)
{
  g_return_if_fail (ROAD_IS_NOTICES (self));
  g_return_if_fail (message != NULL);

  road_message_bar_show (self->unsaved_bar, ROAD_MESSAGE_ERROR, message, NULL);
}

void
road_notices_show_error (RoadNotices *self, const char *message)
{
  g_return_if_fail (ROAD_IS_NOTICES (self));
  g_return_if_fail (message != NULL);

  road_message_bar_show (self->error_bar, ROAD_MESSAGE_ERROR, message, NULL);
}

void
road_notices_hide_error (RoadNotices *self)
{
  g_return_if_fail (ROAD_IS_NOTICES (self));

  road_message_bar_hide (self->error_bar);
  road_message_bar_hide (self->unsaved_bar);
  road_message_bar_hide (self->saved_bar);
}

#define MAX_PROBLEMS 100

/* The problems in an opened report are untrusted, and there can be any number. */
static GStrv
escape_all (const char *const *texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *text = road_text_label (i < MAX_PROBLEMS ? texts[i] : "…");

      g_strv_builder_add (builder, text);
      if (i == MAX_PROBLEMS)
        break;
    }

  return g_strv_builder_end (builder);
}

/* Of a report that another scanner has made, the problems are what Roadstead cannot show. */
static gboolean
is_own (RoadReport *report)
{
  return g_strcmp0 (road_report_get_scanner_name (report), "Roadstead") == 0;
}

static void
show_left_out (RoadNotices *self, GStrv problems)
{
  g_autofree char *details = g_strjoinv ("\n", problems);

  if (problems[1] == NULL)
    {
      g_autofree char *text =
          /* Translators: %s says what, such as “3 ports were skipped because they are not TCP ports” */
          g_strdup_printf (_ ("Some results in this file are not shown. %s."), details);

      road_message_bar_show (self->problems_bar, ROAD_MESSAGE_WARNING, text, NULL);
      return;
    }

  road_message_bar_show (self->problems_bar, ROAD_MESSAGE_WARNING,
                         _ ("Some results in this file are not shown."), details);
}

/* Shows which targets of @report could not be scanned, if any. */
void
road_notices_show_problems (RoadNotices *self, RoadReport *report)
{
  g_auto (GStrv) problems = NULL;
  guint n;
  g_autofree char *summary = NULL;
  g_autofree char *details = NULL;

  g_return_if_fail (ROAD_IS_NOTICES (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  problems = escape_all (road_report_get_problems (report));
  n = g_strv_length ((char **) road_report_get_problems (report));

  if (n == 0 && seems_down (report))
    {
      road_message_bar_show (self->problems_bar, ROAD_MESSAGE_WARNING,
                             _ ("The host does not respond. If its firewall ignores discovery "
                                "probes, choose “Also scan hosts that don’t respond” beside the "
                                "ports and scan again."),
                             NULL);
      return;
    }

  if (n == 0)
    {
      road_message_bar_hide (self->problems_bar);
      return;
    }

  if (!is_own (report))
    {
      show_left_out (self, problems);
      return;
    }

  if (n == 1)
    {
      road_message_bar_show (self->problems_bar, ROAD_MESSAGE_WARNING, problems[0], NULL);
      return;
    }

  summary = g_strdup_printf (ngettext ("%'u target could not be scanned.",
                                       "%'u targets could not be scanned.", n),
                             n);
  details = g_strjoinv ("\n", problems);
  road_message_bar_show (self->problems_bar, ROAD_MESSAGE_WARNING, summary, details);
}

/* Says of which names @scan (nullable), whose names are resolved, leaves out addresses. */
void
road_notices_show_addresses (RoadNotices *self, RoadScan *scan)
{
  RoadTargetList *targets;
  const char *name;
  guint n, n_addresses;
  g_autofree char *escaped = NULL;
  g_autofree char *message = NULL;

  g_return_if_fail (ROAD_IS_NOTICES (self));
  g_return_if_fail (scan == NULL || ROAD_IS_SCAN (scan));

  targets = scan != NULL ? road_scan_get_target_list (scan) : NULL;
  n = targets != NULL ? road_target_list_get_partial (targets, &name, &n_addresses) : 0;
  if (n == 0)
    {
      road_message_bar_hide (self->addresses_bar);
      return;
    }

  escaped = road_text_label (name);
  if (n == 1)
    /* Translators: a host name, and how many addresses it has, at least 2 */
    message = g_strdup_printf (ngettext ("%s has %'u address; 1 is scanned.",
                                         "%s has %'u addresses; 1 is scanned.", n_addresses),
                               escaped, n_addresses);
  else
    message =
        /* Translators: the number of host names, at least 2 */
        g_strdup_printf (ngettext ("%'u name has several addresses; 1 of them is scanned.",
                                   "%'u names have several addresses; 1 of each is scanned.", n),
                         n);
  road_message_bar_show (self->addresses_bar, ROAD_MESSAGE_INFO, message, NULL);
}

static gboolean
is_offline (void)
{
  return !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

/* Shows why @scan is paused or has failed, and what it could not scan. */
void
road_notices_update (RoadNotices *self, RoadScan *scan)
{
  RoadScanState state;
  const char *message;

  g_return_if_fail (ROAD_IS_NOTICES (self));
  g_return_if_fail (ROAD_IS_SCAN (scan));

  state = road_scan_get_state (scan);
  message = road_scan_get_message (scan);

  if (state == ROAD_SCAN_PAUSED && message != NULL)
    road_message_bar_show (self->pause_bar, ROAD_MESSAGE_WARNING,
                           is_offline () ? _ ("No network connection. The scan continues when "
                                              "you’re back online.")
                                         : message,
                           NULL);
  else
    road_message_bar_hide (self->pause_bar);

  if (state == ROAD_SCAN_FAILED)
    {
      road_message_bar_hide (self->problems_bar);
      road_notices_show_error (self, message != NULL ? message : _ ("The scan failed."));
    }
  else if (state != ROAD_SCAN_RESOLVING)
    {
      road_notices_show_problems (self, road_scan_get_report (scan));
    }
}
