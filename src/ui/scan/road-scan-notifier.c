/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-notifier.h"

#include "engine/base/road-text-escape.h"
#include "store/road-recent-scans.h"

#include <glib/gi18n.h>

/* Nobody turns to something else during a shorter scan; in µs. */
#define MIN_USEC (10 * G_USEC_PER_SEC)

struct _RoadScanNotifier
{
  GObject parent_instance;

  GtkApplicationWindow *window; /* owns us */
  RoadScan *scan;
  gint64 begun_at;
  gboolean ended;
  gboolean notified;
};

G_DEFINE_FINAL_TYPE (RoadScanNotifier, road_scan_notifier, G_TYPE_OBJECT)

/* Each window has one notification: the newest. */
static char *
dup_id (RoadScanNotifier *self)
{
  return g_strdup_printf ("scan-%u", gtk_application_window_get_id (self->window));
}

/* Whether the user is in the window or in one of its dialogs. */
static gboolean
has_focus (RoadScanNotifier *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (!gtk_window_is_active (l->data))
        continue;
      for (GtkWindow *window = l->data; window != NULL;
           window = gtk_window_get_transient_for (window))
        {
          if (window == GTK_WINDOW (self->window))
            return TRUE;
        }
    }

  return FALSE;
}

/* Returns: (transfer none) (nullable): the last kept scan of the same targets before this one */
static GFile *
find_last (RoadReport *report)
{
  GListModel *recent = G_LIST_MODEL (road_recent_scans_get_default ());
  GDateTime *started = road_report_get_started (report);

  for (guint i = 0; started != NULL && i < g_list_model_get_n_items (recent); i++)
    {
      g_autoptr (RoadRecentScan) scan = g_list_model_get_item (recent, i);
      const RoadDigest *digest = road_recent_scan_get_digest (scan);

      if (digest != NULL && digest->started != NULL &&
          g_str_equal (digest->targets, road_report_get_targets (report)) &&
          g_date_time_compare (digest->started, started) < 0)
        return road_recent_scan_get_file (scan);
    }

  return NULL;
}

static char *
make_body (RoadReport *report)
{
  const guint n_hosts = road_report_get_n_hosts (report, ROAD_HOST_UP);
  const guint64 n_open = road_report_get_n_ports (report, ROAD_PORT_OPEN);
  const guint n_ports = (guint) MIN (n_open, G_MAXUINT);
  g_autofree char *hosts = g_strdup_printf (ngettext ("%'u host", "%'u hosts", n_hosts), n_hosts);
  g_autofree char *ports =
      g_strdup_printf (ngettext ("%'u open port", "%'u open ports", n_ports), n_ports);

  if (road_profile_get_only_discovers (road_report_get_profile (report)))
    return g_steal_pointer (&hosts);

  /* Translators: what a scan has found: “5 hosts” and “22 open ports” */
  return g_strdup_printf (C_ ("found", "%s, %s"), hosts, ports);
}

static char *
make_title (RoadScan *scan)
{
  g_autofree char *targets =
      road_text_excerpt (road_report_get_targets (road_scan_get_report (scan)));

  return road_scan_get_state (scan) == ROAD_SCAN_FAILED
             /* Translators: the title of a notification; %s: the targets */
             ? g_strdup_printf (_ ("Scan of %s failed"), targets)
             /* Translators: the title of a notification; %s: the targets */
             : g_strdup_printf (_ ("Scan of %s finished"), targets);
}

static void
send (RoadScanNotifier *self)
{
  RoadReport *report = road_scan_get_report (self->scan);
  const guint32 window_id = gtk_application_window_get_id (self->window);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self->window));
  g_autofree char *id = dup_id (self);
  g_autofree char *title = make_title (self->scan);
  g_autofree char *body = make_body (report);
  g_autoptr (GNotification) notification = g_notification_new (title);
  GFile *last = find_last (report);

  if (application == NULL)
    return;

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-window", "u", window_id);
  if (last != NULL)
    {
      g_autofree char *uri = g_file_get_uri (last);

      g_notification_add_button_with_target (notification, _ ("Compare with Last Scan"),
                                             "app.compare-with", "(us)", window_id, uri);
    }
  g_application_send_notification (G_APPLICATION (application), id, notification);
  self->notified = TRUE;
}

static void
withdraw (RoadScanNotifier *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self->window));
  g_autofree char *id = NULL;

  if (!self->notified || application == NULL)
    return;

  id = dup_id (self);
  g_application_withdraw_notification (G_APPLICATION (application), id);
  self->notified = FALSE;
}

/* Who has stopped a scan knows that. */
static void
on_state_changed (RoadScanNotifier *self)
{
  const RoadScanState state = road_scan_get_state (self->scan);

  if (road_scan_get_active (self->scan))
    self->ended = FALSE;
  if (self->ended || (state != ROAD_SCAN_FINISHED && state != ROAD_SCAN_FAILED))
    return;

  self->ended = TRUE;
  if (g_get_monotonic_time () - self->begun_at >= MIN_USEC && !has_focus (self))
    send (self);
}

static void
on_active_changed (RoadScanNotifier *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self->window)))
    withdraw (self);
}

static void
road_scan_notifier_dispose (GObject *object)
{
  RoadScanNotifier *self = ROAD_SCAN_NOTIFIER (object);

  if (self->window != NULL)
    withdraw (self);
  self->window = NULL;
  if (self->scan != NULL)
    g_signal_handlers_disconnect_by_data (self->scan, self);
  g_clear_object (&self->scan);

  G_OBJECT_CLASS (road_scan_notifier_parent_class)->dispose (object);
}

static void
road_scan_notifier_class_init (RoadScanNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_scan_notifier_dispose;
}

static void
road_scan_notifier_init (RoadScanNotifier *self)
{
}

/* Returns: a notifier for the scans of @window, which is to own it */
RoadScanNotifier *
road_scan_notifier_new (GtkApplicationWindow *window)
{
  RoadScanNotifier *self;

  g_return_val_if_fail (GTK_IS_APPLICATION_WINDOW (window), NULL);

  self = g_object_new (ROAD_TYPE_SCAN_NOTIFIER, NULL);
  self->window = window;
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_active_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* The window's scan is now @scan, which begins. Nothing happens if it is the same as before. */
void
road_scan_notifier_set_scan (RoadScanNotifier *self, RoadScan *scan)
{
  g_return_if_fail (ROAD_IS_SCAN_NOTIFIER (self));
  g_return_if_fail (scan == NULL || ROAD_IS_SCAN (scan));

  if (scan == self->scan)
    return;

  if (self->scan != NULL)
    {
      /* It may have ended only now, and the window knows that first. */
      on_state_changed (self);
      g_signal_handlers_disconnect_by_data (self->scan, self);
    }
  g_set_object (&self->scan, scan);
  self->begun_at = g_get_monotonic_time ();
  self->ended = scan != NULL && !road_scan_get_active (scan);
  if (scan != NULL)
    g_signal_connect_object (scan, "notify::state", G_CALLBACK (on_state_changed), self,
                             G_CONNECT_SWAPPED);
}

static GtkWindow *
present_window (GApplication *application, guint id)
{
  GtkWindow *window = gtk_application_get_window_by_id (GTK_APPLICATION (application), id);

  if (window != NULL)
    gtk_window_present (window);
  else
    g_application_activate (application);

  return window;
}

static void
show_window_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  present_window (user_data, g_variant_get_uint32 (parameter));
}

static void
compare_with_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window;
  const char *uri;
  guint32 id;

  g_variant_get (parameter, "(u&s)", &id, &uri);
  window = present_window (user_data, id);
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-file", "s", uri);
}

/* Adds the actions of the notifications: an application can be asked for them when the window is hidden. */
void
road_scan_notifier_add_actions (GApplication *application)
{
  const GActionEntry actions[] = {
    { "show-window", show_window_action, "u" },
    { "compare-with", compare_with_action, "(us)" },
  };

  g_return_if_fail (GTK_IS_APPLICATION (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
}
