/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-window.h"

#include "ui/compare/road-comparer.h"
#include "ui/compare/road-comparison-view.h"
#include "road-files.h"
#include "road-autosave.h"
#include "ui/widgets/road-context-menu.h"
#include "ui/widgets/road-notices.h"
#include "road-opening-page.h"
#include "ui/print/road-print.h"
#include "ui/profiles/road-last-choice.h"
#include "ui/profiles/road-profile-actions.h"
#include "ui/recent/road-recent-dialog.h"
#include "ui/page/road-report-page.h"
#include "ui/start/road-empty-page.h"
#include "ui/profiles/road-scan-chooser.h"
#include "road-scan-news.h"
#include "ui/scan/road-scan-notifier.h"
#include "road-scan-session.h"
#include "road-scan-starter.h"
#include "road-status-bar.h"
#include "road-target-entry.h"
#include "road-window-state.h"
#include "engine/base/road-text-escape.h"

#include <glib/gi18n.h>

struct _RoadWindow
{
  GtkApplicationWindow parent_instance;

  GSettings *settings;
  RoadProfileStore *profiles;
  RoadScanSession *session;
  RoadScanStarter *starter;
  RoadScanNews *news;
  RoadReport *report;
  RoadComparer *comparer;
  RoadFiles *files;
  RoadAutosave *autosave;
  RoadScanNotifier *notifier;

  GtkBox *header_box;
  GtkBox *narrow_box;
  RoadTargetEntry *target_entry;
  RoadScanChooser *scan_chooser;
  GtkButton *scan_button;
  RoadNotices *notices;
  GtkMenuButton *menu_button;
  GtkStack *stack;
  RoadOpeningPage *opening_page;
  RoadReportPage *report_page;
  RoadStatusBar *status_bar;
  RoadComparisonView *comparison_view;
  GtkDropTarget *drop_target;
};

G_DEFINE_FINAL_TYPE (RoadWindow, road_window, GTK_TYPE_APPLICATION_WINDOW)

static void
update_scan_button (RoadWindow *self, gboolean active)
{
  /* Translators: a button: stops a scan */
  gtk_button_set_label (self->scan_button, active ? _ ("_Stop") : _ ("_Scan"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->scan_button),
                                  active ? "win.stop" : "win.scan");
  if (active)
    gtk_widget_remove_css_class (GTK_WIDGET (self->scan_button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->scan_button), "suggested-action");
}

static void
update_actions (RoadWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean active = road_scan_session_get_active (self->session);

  gtk_widget_action_set_enabled (widget, "win.stop",
                                 active || road_files_get_opening (self->files));
  gtk_widget_action_set_enabled (widget, "win.save-as", self->report != NULL);
  gtk_widget_action_set_enabled (widget, "win.print", self->report != NULL);
  update_scan_button (self, active);
}

static void
show_report (RoadWindow *self, RoadReport *report)
{
  g_autofree char *targets = road_text_label (road_report_get_targets (report));
  /* Translators: a window's title: the targets, and the application */
  g_autofree char *title = g_strdup_printf (_ ("%s – Roadstead"), targets);

  g_set_object (&self->report, report);
  road_scan_starter_set_report (self->starter, report);
  road_comparer_set_report (self->comparer, report);
  road_report_page_set_report (self->report_page, report);
  gtk_stack_set_visible_child_name (self->stack, "results");
  gtk_window_set_title (GTK_WINDOW (self), *targets != '\0' ? title : "Roadstead");
  road_notices_hide_error (self->notices);
}

static void
on_scan_begun (RoadWindow *self, RoadScan *scan)
{
  road_autosave_set_scan (self->autosave, scan);
  show_report (self, road_scan_get_report (scan));
  road_report_page_set_scan (self->report_page, scan);
  road_notices_show_addresses (self->notices, scan);
}

/* Whether it sends probes, for the report that is shown. */
static gboolean
is_scanning (RoadScan *scan)
{
  return road_scan_get_active (scan) && road_scan_get_state (scan) != ROAD_SCAN_RESOLVING;
}

static void
on_session_changed (RoadWindow *self)
{
  RoadScan *current = road_scan_session_get_current (self->session);

  /* When it has ended it is still the last one. */
  if (current != NULL && is_scanning (current))
    road_report_page_show_pace (self->report_page, current);
  update_actions (self);
  road_scan_notifier_set_scan (self->notifier, current);
  if (current != NULL)
    road_status_bar_set_scan (self->status_bar, current);
  else if (self->report != NULL)
    road_status_bar_set_report (self->status_bar, self->report);
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
  if (current != NULL)
    road_notices_update (self->notices, current);
}

static void
on_starting (RoadWindow *self)
{
  road_files_cancel (self->files);
  road_notices_hide_error (self->notices);
  gtk_stack_set_visible_child_name (self->stack, "results");
}

static void
on_may_close (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadWindow) self = user_data;

  if (road_autosave_discard_finish (ROAD_AUTOSAVE (source), result))
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_continue_interrupted (RoadWindow *self, RoadInterruptedScan *interrupted)
{
  road_scan_starter_continue (self->starter, interrupted);
}

static void
on_target_activate (RoadWindow *self)
{
  road_scan_starter_start (self->starter);
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadWindow *self = ROAD_WINDOW (widget);

  if (road_files_get_opening (self->files))
    road_files_cancel (self->files);
  else
    road_scan_session_stop (self->session);
}

static void
focus_target_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (ROAD_WINDOW (widget)->target_entry));
}

static void
save_as_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadWindow *self = ROAD_WINDOW (widget);

  /* Saves what is visible. */
  if (road_comparer_get_shown (self->comparer))
    {
      road_comparer_save (self->comparer);
      return;
    }

  road_files_save_as (self->files, self->report);
}

/* Leaves the page that shows the opening progress. */
static void
on_files_changed (RoadWindow *self)
{
  if (!road_files_get_opening (self->files))
    gtk_stack_set_visible_child_name (self->stack, self->report != NULL ? "results" : "empty");
  update_actions (self);
}

static void
on_opened (RoadWindow *self, RoadReport *report, GFile *file)
{
  g_autofree char *name = NULL;

  /* The user has not named the recent scans. */
  if (file != NULL && !road_recent_scans_has (road_recent_scans_get_default (), file))
    {
      g_autofree char *base = g_file_get_basename (file);

      name = g_filename_display_name (base);
    }

  road_scan_session_leave (self->session);
  road_autosave_set_scan (self->autosave, NULL);
  show_report (self, report);
  road_report_page_set_scan (self->report_page, NULL);
  road_report_page_set_file_name (self->report_page, name);
  road_notices_show_problems (self->notices, report);
  road_notices_show_addresses (self->notices, NULL);
  road_status_bar_set_report (self->status_bar, report);
  road_target_entry_set_text (self->target_entry, road_report_get_targets (report));
  road_scan_chooser_set_profile (self->scan_chooser, road_report_get_profile (report));
  update_actions (self);
}

static void
on_opened_elsewhere (RoadWindow *self, GFile *file)
{
  RoadWindow *window =
      road_window_new (gtk_window_get_application (GTK_WINDOW (self)), self->profiles);

  gtk_window_present (GTK_WINDOW (window));
  if (file != NULL)
    road_window_open (window, file);
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.merge", NULL);
}

static void
on_profile_opened (RoadWindow *self, GFile *file)
{
  road_profile_actions_import (self->profiles, self->scan_chooser, self->notices, file);
}

static void
show_recent_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_window_present (road_recent_dialog_new (GTK_WINDOW (widget), road_recent_scans_get_default (),
                                              ROAD_WINDOW (widget)->report != NULL));
}

static gboolean
on_drop (RoadWindow *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    return FALSE;

  road_window_open (self, files->data);

  return TRUE;
}

static void
print_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadWindow *self = ROAD_WINDOW (widget);

  if (road_comparer_get_shown (self->comparer))
    road_notices_show_info (self->notices,
                            _ ("A comparison cannot be printed. Go back to the results first."));
  else
    road_print_run (self->report, GTK_WINDOW (self));
}

static void
profiles_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadWindow *self = ROAD_WINDOW (widget);
  g_autoptr (RoadTargetSpec) targets = road_target_entry_peek (self->target_entry);

  if (g_str_equal (action_name, "win.new-profile"))
    road_profile_actions_create (GTK_WINDOW (self), self->profiles, self->scan_chooser, targets);
  else
    road_profile_actions_manage (GTK_WINDOW (self), self->profiles, self->scan_chooser, targets);
}

static void
on_profile_chosen (RoadWindow *self, RoadProfileItem *item)
{
  RoadTargetSpec *targets = road_profile_item_get_profile (item)->targets;

  if (targets != NULL)
    road_target_entry_set_text (self->target_entry, road_target_spec_get_text (targets));
}

static void
on_port_chosen (RoadWindow *self, const char *target, guint port)
{
  g_autofree char *list = g_strdup_printf ("%u", port);

  road_target_entry_set_text (self->target_entry, target);
  road_scan_chooser_choose_list (self->scan_chooser, list);
  road_scan_starter_start (self->starter);
}

static void
road_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (road_window_parent_class)->size_allocate (widget, width, height, baseline);

  road_target_entry_adapt (ROAD_WINDOW (widget)->target_entry, width);
}

static gboolean
road_window_close_request (GtkWindow *window)
{
  RoadWindow *self = ROAD_WINDOW (window);

  road_window_state_save (window, self->settings);
  road_autosave_discard_async (self->autosave, window, _ ("Close _Without Saving"),
                               _ ("Stop and _Close"), on_may_close, g_object_ref (self));

  return TRUE;
}

static void
road_window_dispose (GObject *object)
{
  RoadWindow *self = ROAD_WINDOW (object);

  /* Operations in progress may hold references to these. */
  if (self->files != NULL)
    g_object_run_dispose (G_OBJECT (self->files));
  g_clear_object (&self->files);
  if (self->news != NULL)
    g_object_run_dispose (G_OBJECT (self->news));
  g_clear_object (&self->news);
  if (self->starter != NULL)
    g_object_run_dispose (G_OBJECT (self->starter));
  g_clear_object (&self->starter);
  g_clear_object (&self->profiles);
  if (self->comparer != NULL)
    g_object_run_dispose (G_OBJECT (self->comparer));
  g_clear_object (&self->comparer);
  if (self->session != NULL)
    g_object_run_dispose (G_OBJECT (self->session));
  g_clear_object (&self->session);
  g_clear_object (&self->autosave);
  if (self->notifier != NULL)
    g_object_run_dispose (G_OBJECT (self->notifier));
  g_clear_object (&self->notifier);
  g_clear_object (&self->report);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (road_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "win.show-recent", NULL, show_recent_action);
  gtk_widget_class_install_action (widget_class, "win.save-as", NULL, save_as_action);
  gtk_widget_class_install_action (widget_class, "win.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "win.profiles", NULL, profiles_action);
  gtk_widget_class_install_action (widget_class, "win.new-profile", NULL, profiles_action);
  gtk_widget_class_install_action (widget_class, "win.focus-target", NULL, focus_target_action);
}

static void
road_window_class_init (RoadWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_window_dispose;
  widget_class->size_allocate = road_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = road_window_close_request;

  g_type_ensure (ROAD_TYPE_COMPARISON_VIEW);
  g_type_ensure (ROAD_TYPE_EMPTY_PAGE);
  g_type_ensure (ROAD_TYPE_NOTICES);
  g_type_ensure (ROAD_TYPE_OPENING_PAGE);
  g_type_ensure (ROAD_TYPE_REPORT_PAGE);
  g_type_ensure (ROAD_TYPE_SCAN_CHOOSER);
  g_type_ensure (ROAD_TYPE_STATUS_BAR);
  g_type_ensure (ROAD_TYPE_TARGET_ENTRY);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, header_box);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, narrow_box);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, target_entry);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, scan_chooser);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, scan_button);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, notices);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, opening_page);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, report_page);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, status_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, comparison_view);
  gtk_widget_class_bind_template_child (widget_class, RoadWindow, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, on_target_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_interrupted);
  gtk_widget_class_bind_template_callback (widget_class, on_profile_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_port_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);

  install_actions (widget_class);
}

static void
create_session (RoadWindow *self)
{
  self->notifier = road_scan_notifier_new (GTK_APPLICATION_WINDOW (self));
  self->session = road_scan_session_new ();
  road_scan_session_add_actions (self->session, G_ACTION_MAP (self));
  g_signal_connect_object (self->session, "begun", G_CALLBACK (on_scan_begun), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (road_notices_show_error),
                           self->notices, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "warned", G_CALLBACK (road_notices_show_error),
                           self->notices, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (on_session_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
create_autosave (RoadWindow *self)
{
  self->autosave = road_autosave_new (road_recent_scans_get_default ());
  g_signal_connect_object (self->session, "updated", G_CALLBACK (road_autosave_save_again),
                           self->autosave, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->report_page, "updated", G_CALLBACK (road_autosave_save_again),
                           self->autosave, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->autosave, "saved", G_CALLBACK (road_scan_session_set_saved),
                           self->session, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->autosave, "failed", G_CALLBACK (road_notices_show_unsaved),
                           self->notices, G_CONNECT_SWAPPED);
}

static void
create_starter (RoadWindow *self)
{
  self->starter =
      road_scan_starter_new (GTK_WINDOW (self), self->session, self->autosave, self->notices);
  road_scan_starter_set_inputs (self->starter, self->target_entry, self->scan_chooser);
  road_scan_starter_add_actions (self->starter, G_ACTION_MAP (self));
  g_signal_connect_object (self->starter, "starting", G_CALLBACK (on_starting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->starter, "hint", G_CALLBACK (road_report_page_set_hint),
                           self->report_page, G_CONNECT_SWAPPED);
  self->news = road_scan_news_new (self->session, self->starter, self->comparer, self->notices);
  road_scan_news_add_actions (self->news, G_ACTION_MAP (self));
}

static void
create_files (RoadWindow *self)
{
  self->files =
      road_files_new (GTK_WINDOW (self), self->autosave, self->notices, self->opening_page);
  road_files_add_actions (self->files, G_ACTION_MAP (self));
  g_signal_connect_object (self->files, "changed", G_CALLBACK (on_files_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "elsewhere", G_CALLBACK (on_opened_elsewhere), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "profile", G_CALLBACK (on_profile_opened), self,
                           G_CONNECT_SWAPPED);
}

static void
road_window_init (RoadWindow *self)
{
  GType drop_types[] = { GDK_TYPE_FILE_LIST };

  self->settings = g_settings_new (APP_ID);

  gtk_widget_init_template (GTK_WIDGET (self));
  road_context_menu_return_focus (gtk_menu_button_get_popover (self->menu_button),
                                  GTK_WIDGET (self->menu_button));

  road_report_page_insert_actions (self->report_page, GTK_WIDGET (self));
  road_notices_add_actions (self->notices, G_ACTION_MAP (self));
  gtk_drop_target_set_gtypes (self->drop_target, drop_types, G_N_ELEMENTS (drop_types));
  road_target_entry_set_boxes (self->target_entry, self->header_box, self->narrow_box,
                               GTK_WIDGET (self->scan_button));

  create_session (self);
  self->comparer =
      road_comparer_new (GTK_WINDOW (self), self->stack, self->comparison_view, self->notices);
  road_comparer_add_actions (self->comparer, G_ACTION_MAP (self));
  create_autosave (self);
  create_starter (self);
  create_files (self);

  if (DEVELOPMENT_BUILD)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  road_window_state_restore (GTK_WINDOW (self), self->settings);
  update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->target_entry));
}

/* Returns: (transfer none): an empty window, not shown yet, that GTK owns. All windows share @profiles. */
RoadWindow *
road_window_new (GtkApplication *application, RoadProfileStore *profiles)
{
  RoadWindow *self;

  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (profiles), NULL);

  self = g_object_new (ROAD_TYPE_WINDOW, "application", application, NULL);
  self->profiles = g_object_ref (profiles);
  road_scan_chooser_set_store (self->scan_chooser, self->profiles);
  road_last_choice_restore (self->settings, self->scan_chooser);

  return self;
}

/* Returns: whether nothing was scanned or opened in the window yet */
gboolean
road_window_is_unused (RoadWindow *self)
{
  g_return_val_if_fail (ROAD_IS_WINDOW (self), FALSE);

  return self->report == NULL && !road_files_get_busy (self->files);
}

/* Fills in @targets without scanning them. */
void
road_window_set_targets (RoadWindow *self, const char *targets)
{
  g_return_if_fail (ROAD_IS_WINDOW (self));
  g_return_if_fail (targets != NULL);

  road_target_entry_set_text (self->target_entry, targets);
}

/* Opens a report here, or in another window if that would lose something; or imports a profile. Errors
 * are shown in the window. */
void
road_window_open (RoadWindow *self, GFile *file)
{
  g_return_if_fail (ROAD_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  road_files_open (self->files, file);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RoadWindow *self = g_task_get_source_object (task);

  road_autosave_discard_finish (ROAD_AUTOSAVE (source), result);
  if (road_autosave_would_lose (self->autosave))
    road_scan_session_abandon (self->session);
  gtk_window_destroy (GTK_WINDOW (self));
  g_task_return_boolean (task, TRUE);
}

/* Keeps what must not be lost, asking nothing, and destroys the window: the program has to end. */
void
road_window_end_async (RoadWindow *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (ROAD_IS_WINDOW (self));

  road_window_state_save (GTK_WINDOW (self), self->settings);
  road_autosave_end_async (self->autosave, on_ended, g_task_new (self, NULL, callback, user_data));
}

RoadScan *
road_window_get_scan (RoadWindow *self)
{
  g_return_val_if_fail (ROAD_IS_WINDOW (self), NULL);

  return road_scan_session_get_scan (self->session);
}
