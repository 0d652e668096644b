/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-public-reminder.h"

#include "engine/base/road-text-escape.h"
#include "ui/widgets/road-narrow-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* The size of the network that a customer of a provider may well have. */
#define MAX_UNASKED 256

/* So many targets are remembered, the latest. */
#define MAX_REMEMBERED 100

#define SETTING "confirmed-targets"

struct _RoadPublicReminder
{
  GObject parent_instance;

  GtkWindow *window; /* owns us */
  GSettings *settings;
};

/* What the question is about. */
typedef struct
{
  RoadPublicReminder *self;
  char *targets;
  RoadScan *scan;
  RoadReport *report;
} Question;

enum
{
  AGREED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadPublicReminder, road_public_reminder, G_TYPE_OBJECT)

static void
question_free (Question *question)
{
  g_clear_object (&question->self);
  g_clear_object (&question->scan);
  g_clear_object (&question->report);
  g_free (question->targets);
  g_free (question);
}

static gboolean
is_remembered (RoadPublicReminder *self, const char *targets)
{
  g_auto (GStrv) remembered = g_settings_get_strv (self->settings, SETTING);

  return g_strv_contains ((const char *const *) remembered, targets);
}

static void
remember (RoadPublicReminder *self, const char *targets)
{
  g_auto (GStrv) old = g_settings_get_strv (self->settings, SETTING);
  const guint n_old = g_strv_length (old);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = n_old >= MAX_REMEMBERED ? n_old - MAX_REMEMBERED + 1 : 0; i < n_old; i++)
    g_strv_builder_add (builder, old[i]);
  g_strv_builder_add (builder, targets);
  all = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, SETTING, (const char *const *) all);
}

static void
on_response (Question *question, int response, GtkWindow *dialog)
{
  RoadPublicReminder *self = question->self;

  gtk_window_destroy (dialog);
  if (response == GTK_RESPONSE_ACCEPT && self->window != NULL)
    {
      remember (self, question->targets);
      g_signal_emit (self, signals[AGREED], 0, question->scan, question->report);
    }
  question_free (question);
}

static char *
make_body (const char *targets)
{
  g_autofree char *excerpt = NULL;

  if (strpbrk (targets, " \t\n,") != NULL)
    return g_strdup (_ ("These targets are not in a private network. Scan only networks you own or "
                        "have permission to test."));

  excerpt = road_text_excerpt (targets);
  /* Translators: %s: a network, such as 203.0.0.0/16 */
  return g_strdup_printf (_ ("%s is not a private network. Scan only networks you own or have "
                             "permission to test."),
                          excerpt);
}

static char *
make_title (guint64 n_public)
{
  if (n_public > G_MAXUINT)
    return g_strdup (_ ("Scan more than 4 billion public addresses?"));

  /* Translators: there are more than 256 of them */
  return g_strdup_printf (ngettext ("Scan %'u public address?", "Scan %'u public addresses?",
                                    (guint) n_public),
                          (guint) n_public);
}

/* Takes ownership of @question. */
static void
ask (RoadPublicReminder *self, guint64 n_public, Question *question)
{
  g_autofree char *title = make_title (n_public);
  g_autofree char *body = make_body (question->targets);
  GtkWidget *dialog = gtk_message_dialog_new (self->window, GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION,
                                              GTK_BUTTONS_NONE, "%s", title);

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", body);
  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL,
                          /* Translators: a button that starts a scan */
                          _ ("_Scan"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), question);
  road_narrow_dialog_fit (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
road_public_reminder_dispose (GObject *object)
{
  RoadPublicReminder *self = ROAD_PUBLIC_REMINDER (object);

  self->window = NULL;
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (road_public_reminder_parent_class)->dispose (object);
}

static void
road_public_reminder_class_init (RoadPublicReminderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_public_reminder_dispose;

  /* A scan (first argument), of hosts of a report (second argument, nullable), may start. */
  signals[AGREED] = g_signal_new ("agreed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, ROAD_TYPE_SCAN, ROAD_TYPE_REPORT);
}

static void
road_public_reminder_init (RoadPublicReminder *self)
{
}

/* Returns: a reminder for the scans of @window, which is to own it */
RoadPublicReminder *
road_public_reminder_new (GtkWindow *window, GSettings *settings)
{
  RoadPublicReminder *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (ROAD_TYPE_PUBLIC_REMINDER, NULL);
  self->window = window;
  self->settings = g_object_ref (settings);

  return self;
}

/**
 * road_public_reminder_check:
 * @targets: what @scan scans
 * @report: (nullable): the report that is shown, if @scan scans hosts of it again
 *
 * Emits RoadPublicReminder::agreed, at once or after the user has agreed. Excluded addresses do not count,
 * and neither do names, which are not resolved yet.
 */
void
road_public_reminder_check (RoadPublicReminder *self,
                            RoadTargetSpec *targets,
                            RoadScan *scan,
                            RoadReport *report)
{
  const char *text;
  RoadProfile *profile;
  guint64 n_public;
  Question *question;

  g_return_if_fail (ROAD_IS_PUBLIC_REMINDER (self));
  g_return_if_fail (targets != NULL);
  g_return_if_fail (ROAD_IS_SCAN (scan));

  text = road_target_spec_get_text (targets);
  profile = road_report_get_profile (road_scan_get_report (scan));
  n_public = road_target_spec_count_public (targets, profile->exclude_targets);
  if (n_public <= MAX_UNASKED || is_remembered (self, text))
    {
      g_signal_emit (self, signals[AGREED], 0, scan, report);
      return;
    }

  question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->targets = g_strdup (text);
  question->scan = g_object_ref (scan);
  question->report = report != NULL ? g_object_ref (report) : NULL;
  ask (self, n_public, question);
}
