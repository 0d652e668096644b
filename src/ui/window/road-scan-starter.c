/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-starter.h"

#include "store/road-target-history.h"
#include "ui/page/road-identity-text.h"
#include "ui/profiles/road-last-choice.h"
#include "ui/scan/road-public-reminder.h"

#include <glib/gi18n.h>

#define ALL_ADDRESSES "scan-all-addresses"

struct _RoadScanStarter
{
  GObject parent_instance;

  GtkWindow *window; /* owns this object; NULL when destroyed, as are the others */
  RoadScanSession *session;
  RoadAutosave *autosave;
  RoadNotices *notices;
  RoadPublicReminder *reminder;
  RoadTargetEntry *target_entry;
  RoadScanChooser *scan_chooser;
  RoadReport *report;     /* (nullable): that the window shows */
  RoadReport *repeated;   /* (nullable): to be scanned again */
  gboolean all_addresses; /* whether of each name then */

  char *hint; /* (nullable) */

  GSettings *settings;
  GSimpleActionGroup *actions;
};

enum
{
  STARTING,
  HINT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadScanStarter, road_scan_starter, G_TYPE_OBJECT)

/* The one for all addresses stops the scan that is active. */
static void
update_actions (RoadScanStarter *self)
{
  const gboolean enabled = !road_scan_session_get_active (self->session);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));

  for (guint i = 0; names[i] != NULL; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                   enabled || g_str_equal (names[i], ALL_ADDRESSES));
    }
}

/* Says how to scan what is typed or selected, if that is not what is shown. */
static void
update_hint (RoadScanStarter *self)
{
  g_autoptr (RoadTargetSpec) targets = NULL;
  g_autoptr (RoadProfile) profile = NULL;
  g_autofree char *hint = NULL;

  if (self->report != NULL && !road_scan_session_get_active (self->session))
    {
      targets = road_target_entry_peek (self->target_entry);
      profile = road_scan_chooser_peek_profile (self->scan_chooser);
    }
  if (targets != NULL && profile != NULL)
    hint = road_identity_text_instead (self->report, targets, profile);
  if (g_strcmp0 (hint, self->hint) == 0)
    return;

  g_free (self->hint);
  self->hint = g_steal_pointer (&hint);
  g_signal_emit (self, signals[HINT], 0, self->hint);
}

static void
on_session_changed (RoadScanStarter *self)
{
  update_actions (self);
  update_hint (self);
}

/* @report: (nullable): what is shown, if the scan updates it */
static void
begin_scan_of (RoadScanStarter *self,
               RoadTargetSpec *targets,
               RoadProfile *profile,
               RoadReport *report)
{
  g_autoptr (RoadScan) scan = road_scan_new (targets, profile);

  road_public_reminder_check (self->reminder, targets, scan, report);
}

static void
on_agreed (RoadScanStarter *self, RoadScan *scan, RoadReport *report)
{
  if (self->window == NULL || road_scan_session_get_active (self->session))
    return;

  if (report == NULL)
    road_target_history_remember (road_report_get_targets (road_scan_get_report (scan)));
  g_signal_emit (self, signals[STARTING], 0);
  road_scan_session_start (self->session, scan, report);
}

static void
begin_scan (RoadScanStarter *self)
{
  g_autoptr (RoadTargetSpec) targets = road_target_entry_parse (self->target_entry);
  g_autoptr (RoadProfile) profile = NULL;

  if (targets == NULL || road_scan_session_get_active (self->session))
    return;

  profile = road_scan_chooser_make_profile (self->scan_chooser);
  if (profile == NULL)
    return;

  road_last_choice_save (self->settings, self->scan_chooser);
  begin_scan_of (self, targets, profile, NULL);
}

static void
on_may_scan (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadScanStarter) self = user_data;

  if (road_autosave_discard_finish (ROAD_AUTOSAVE (source), result) && self->window != NULL)
    begin_scan (self);
}

static void
on_may_repeat (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadScanStarter) self = user_data;
  g_autoptr (RoadReport) report = g_steal_pointer (&self->repeated);
  g_autoptr (RoadTargetSpec) targets = NULL;
  g_autoptr (RoadProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  if (!road_autosave_discard_finish (ROAD_AUTOSAVE (source), result) || self->window == NULL ||
      report == NULL || road_scan_session_get_active (self->session))
    return;

  targets = road_target_spec_parse (road_report_get_targets (report), &error);
  if (targets == NULL)
    {
      road_notices_show_error (self->notices, error->message);
      return;
    }

  /* What the user may have typed since then stays. */
  if (report != self->report)
    {
      road_target_entry_set_text (self->target_entry, road_report_get_targets (report));
      road_scan_chooser_set_profile (self->scan_chooser, road_report_get_profile (report));
    }

  profile = self->all_addresses
                ? road_profile_copy (road_report_get_profile (report), "resolve-all", TRUE, NULL)
                : road_profile_ref (road_report_get_profile (report));
  begin_scan_of (self, targets, profile, NULL);
}

static void
on_scan_target (RoadScanStarter *self, GVariant *parameter)
{
  road_target_entry_set_text (self->target_entry, g_variant_get_string (parameter, NULL));
  road_scan_starter_start (self);
}

/* Scans hosts of the report that is shown, and updates it. */
static void
on_scan_hosts (RoadScanStarter *self, GVariant *parameter)
{
  g_autoptr (RoadTargetSpec) targets =
      road_target_spec_parse (g_variant_get_string (parameter, NULL), NULL);
  g_autoptr (RoadProfile) profile = road_scan_chooser_make_profile (self->scan_chooser);

  if (targets != NULL && profile != NULL && self->report != NULL)
    begin_scan_of (self, targets, profile, self->report);
}

/* The same with all ports, whatever is chosen. */
static void
on_scan_all_ports (RoadScanStarter *self, GVariant *parameter)
{
  g_autoptr (RoadTargetSpec) targets =
      road_target_spec_parse (g_variant_get_string (parameter, NULL), NULL);
  g_autoptr (RoadPortSet) all = road_port_set_parse ("1-65535", NULL);
  g_autoptr (RoadProfile) profile = NULL;

  if (targets == NULL || self->report == NULL)
    return;

  profile = road_profile_copy (road_report_get_profile (self->report), "ports", all, NULL);
  begin_scan_of (self, targets, profile, self->report);
}

/* What is shown, as it was scanned; where nothing is, what the target entry says. */
static void
on_scan_again (RoadScanStarter *self)
{
  if (self->report == NULL)
    road_scan_starter_start (self);
  else
    road_scan_starter_repeat (self, self->report);
}

static void
repeat (RoadScanStarter *self, RoadReport *report, gboolean all_addresses)
{
  g_set_object (&self->repeated, report);
  self->all_addresses = all_addresses;
  road_autosave_discard_async (self->autosave, self->window, _ ("Scan _Without Saving"),
                               _ ("Stop and _Scan"), on_may_repeat, g_object_ref (self));
}

/* What is shown, with all addresses of its names. */
static void
on_scan_all_addresses (RoadScanStarter *self)
{
  if (self->report != NULL)
    repeat (self, self->report, TRUE);
}

/* Called by the window, as questions that are open hold references. */
static void
road_scan_starter_dispose (GObject *object)
{
  RoadScanStarter *self = ROAD_SCAN_STARTER (object);

  self->window = NULL;
  if (self->reminder != NULL)
    g_object_run_dispose (G_OBJECT (self->reminder));
  g_clear_object (&self->reminder);
  g_clear_object (&self->session);
  g_clear_object (&self->autosave);
  g_clear_object (&self->report);
  g_clear_object (&self->repeated);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (road_scan_starter_parent_class)->dispose (object);
}

static void
road_scan_starter_finalize (GObject *object)
{
  g_free (ROAD_SCAN_STARTER (object)->hint);

  G_OBJECT_CLASS (road_scan_starter_parent_class)->finalize (object);
}

static void
road_scan_starter_class_init (RoadScanStarterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_scan_starter_dispose;
  G_OBJECT_CLASS (klass)->finalize = road_scan_starter_finalize;

  /* A scan is about to start: the window makes room for it. */
  signals[STARTING] = g_signal_new ("starting", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* A sentence (nullable argument) that says how to scan what is typed and selected, if that is not what the
   * window shows. */
  signals[HINT] = g_signal_new ("hint", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
add_action (RoadScanStarter *self,
            const char *name,
            const GVariantType *parameter_type,
            GCallback callback)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, parameter_type);

  g_signal_connect_object (action, "activate", callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
road_scan_starter_init (RoadScanStarter *self)
{
  self->settings = g_settings_new (APP_ID);
  self->actions = g_simple_action_group_new ();
  add_action (self, "scan", NULL, G_CALLBACK (road_scan_starter_start));
  add_action (self, "scan-target", G_VARIANT_TYPE_STRING, G_CALLBACK (on_scan_target));
  add_action (self, "scan-hosts", G_VARIANT_TYPE_STRING, G_CALLBACK (on_scan_hosts));
  add_action (self, "scan-all-ports", G_VARIANT_TYPE_STRING, G_CALLBACK (on_scan_all_ports));
  add_action (self, ALL_ADDRESSES, NULL, G_CALLBACK (on_scan_all_addresses));
  add_action (self, "scan-again", NULL, G_CALLBACK (on_scan_again));
}

/* @window: owns the object and disposes of it. See also road_scan_starter_set_inputs(). */
RoadScanStarter *
road_scan_starter_new (GtkWindow *window,
                       RoadScanSession *session,
                       RoadAutosave *autosave,
                       RoadNotices *notices)
{
  RoadScanStarter *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ROAD_IS_SCAN_SESSION (session), NULL);
  g_return_val_if_fail (ROAD_IS_AUTOSAVE (autosave), NULL);
  g_return_val_if_fail (ROAD_IS_NOTICES (notices), NULL);

  self = g_object_new (ROAD_TYPE_SCAN_STARTER, NULL);
  self->window = window;
  self->session = g_object_ref (session);
  self->autosave = g_object_ref (autosave);
  self->notices = notices;
  self->reminder = road_public_reminder_new (window, self->settings);
  g_signal_connect_object (self->reminder, "agreed", G_CALLBACK (on_agreed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* Sets where the user says what to scan. */
void
road_scan_starter_set_inputs (RoadScanStarter *self,
                              RoadTargetEntry *target_entry,
                              RoadScanChooser *scan_chooser)
{
  g_return_if_fail (ROAD_IS_SCAN_STARTER (self));
  g_return_if_fail (ROAD_IS_TARGET_ENTRY (target_entry));
  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (scan_chooser));

  self->target_entry = target_entry;
  self->scan_chooser = scan_chooser;
  g_signal_connect_object (target_entry, "changed", G_CALLBACK (update_hint), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (scan_chooser, "changed", G_CALLBACK (update_hint), self,
                           G_CONNECT_SWAPPED);
}

/* Adds the actions scan, scan-target (targets), scan-hosts and scan-all-ports (targets in the report that is
 * shown, which is updated), scan-again and scan-all-addresses. */
void
road_scan_starter_add_actions (RoadScanStarter *self, GActionMap *map)
{
  g_auto (GStrv) names = NULL;

  g_return_if_fail (ROAD_IS_SCAN_STARTER (self));
  g_return_if_fail (G_IS_ACTION_MAP (map));

  names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));
  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (map,
                             g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i]));
}

/* @report: what the window shows */
void
road_scan_starter_set_report (RoadScanStarter *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_SCAN_STARTER (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  g_set_object (&self->report, report);
  update_hint (self);
}

/* Scans what @report has scanned, in the same way. */
void
road_scan_starter_repeat (RoadScanStarter *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_SCAN_STARTER (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  if (road_scan_session_get_active (self->session))
    return;

  repeat (self, report, FALSE);
}

/* Continues a scan that was interrupted, where nothing is shown yet. */
void
road_scan_starter_continue (RoadScanStarter *self, RoadInterruptedScan *interrupted)
{
  g_autoptr (GError) error = NULL;
  RoadReport *report;

  g_return_if_fail (ROAD_IS_SCAN_STARTER (self));
  g_return_if_fail (ROAD_IS_INTERRUPTED_SCAN (interrupted));

  if (road_scan_session_get_active (self->session))
    return;

  report = road_interrupted_scan_get_report (interrupted);
  road_target_entry_set_text (self->target_entry, road_report_get_targets (report));
  road_scan_chooser_set_profile (self->scan_chooser, road_report_get_profile (report));
  g_signal_emit (self, signals[STARTING], 0);
  if (!road_scan_session_continue (self->session, interrupted, &error))
    road_notices_show_error (self->notices, error->message);
}

/* Scans what the target entry and the chooser say; shows what is wrong with them. */
void
road_scan_starter_start (RoadScanStarter *self)
{
  g_autoptr (RoadTargetSpec) targets = NULL;
  g_autoptr (RoadProfile) profile = NULL;

  g_return_if_fail (ROAD_IS_SCAN_STARTER (self));

  if (road_scan_session_get_active (self->session))
    {
      gtk_widget_error_bell (GTK_WIDGET (self->window));
      return;
    }

  /* Errors are shown before any question. */
  targets = road_target_entry_parse (self->target_entry);
  profile = targets != NULL ? road_scan_chooser_make_profile (self->scan_chooser) : NULL;
  if (profile != NULL)
    road_autosave_discard_async (self->autosave, self->window, _ ("Scan _Without Saving"),
                                 _ ("Stop and _Scan"), on_may_scan, g_object_ref (self));
}
