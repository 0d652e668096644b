/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-details.h"

#include "engine/base/road-text-escape.h"
#include "engine/identify/road-identification.h"
#include "road-earlier-scans.h"
#include "road-handshake-text.h"
#include "road-handshake-view.h"
#include "road-port-checks.h"
#include "road-port-sentence.h"
#include "road-port-uri.h"
#include "road-service-purpose.h"
#include "road-service-view.h"
#include "ui/results/road-result-announcer.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-state-icon.h"
#include "ui/widgets/road-host-look.h"

#include <glib/gi18n.h>

/*   RoadHost ──────── result ─┐
 *                             ├──> RoadHandshake ──> RoadHandshakeView
 *   RoadPortChecks ── trace ──┘
 *       └─ updates the result of the host
 */
struct _RoadPortDetails
{
  GtkWidget parent_instance;

  RoadReport *report;
  RoadHost *host; /* NULL: no port is shown */
  guint16 port;
  RoadPortChecks *checks;
  RoadEarlierScans *earlier;
  GSignalGroup *host_signals;
  GSimpleActionGroup *actions;
  RoadIdentification *identification; /* NULL unless a port is being asked what it is */
  RoadHost *unidentified_host;        /* the last one that did not say */
  guint16 unidentified_port;
  guint tick_callback; /* while a check is drawn that goes on */

  GtkWidget *scrolled_window;
  GtkLabel *title;
  GtkWidget *state_box;
  GtkImage *state_icon;
  GtkLabel *state_label;
  GtkLabel *host_label;
  GtkLabel *sentence;
  GtkWidget *buttons;
  GtkWidget *open_button;
  GtkWidget *service_box;
  GtkLabel *purpose;
  GtkWidget *identify_button;
  GtkWidget *unidentified;
  RoadServiceView *service_view;
  GtkLabel *seen;
  GtkWidget *handshake_box;
  RoadHandshakeView *handshake_view;
  GtkWidget *replay_button;
  GtkLabel *remark;
  RoadHandshakeView *closed_view;
  RoadHandshakeView *filtered_view;
  RoadResultAnnouncer *announcer;
};

enum
{
  UPDATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadPortDetails, road_port_details, GTK_TYPE_WIDGET)

static void
set_text (GtkLabel *label, const char *text)
{
  const gboolean has_text = text != NULL && *text != '\0';

  gtk_label_set_text (label, has_text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), has_text);
}

static RoadPortCheck *
get_check (RoadPortDetails *self)
{
  return self->host != NULL ? road_port_checks_get (self->checks, self->host, self->port) : NULL;
}

static gboolean
is_checking (RoadPortDetails *self)
{
  RoadPortCheck *check = get_check (self);

  return check != NULL && !road_port_check_get_trace (check)->ended;
}

static RoadPortResult
get_result (RoadPortDetails *self)
{
  RoadPortResult result = { .port = self->port, .state = ROAD_PORT_UNKNOWN };

  road_host_get_result (self->host, self->port, &result);

  return result;
}

/* Parts of the page. */

static void
show_title (RoadPortDetails *self, const RoadPortResult *result)
{
  const char *service = road_host_get_service_name (self->host, self->port);
  const RoadStateIcon *icon = road_state_icon_for_port ((RoadPortState) result->state);
  const char *const classes[] = { icon->css_class, NULL };
  g_autofree char *name = service != NULL ? road_text_label (service) : NULL;
  g_autofree char *title =
      /* Translators: a port and its service */
      name != NULL ? g_strdup_printf (_ ("Port %d · %s"), self->port, name)
                   : g_strdup_printf (_ ("Port %d"), self->port);

  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_image_set_from_icon_name (self->state_icon, icon->icon_name);
  gtk_widget_set_css_classes (self->state_box, (const char **) classes);
  gtk_label_set_text (self->state_label,
                      road_result_text_port_state ((RoadPortState) result->state));
}

static void
show_host (RoadPortDetails *self)
{
  g_autofree char *title = road_host_look_dup_title (self->host);
  const char *address = road_host_get_address_string (self->host);
  g_autofree char *text = g_str_equal (title, address)
                              ? g_strdup (address)
                              /* Translators: the name of a host and its address */
                              : g_strdup_printf (_ ("%s · %s"), title, address);

  gtk_label_set_text (self->host_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->host_label), text);
}

static void
show_sentence (RoadPortDetails *self, const RoadPortResult *result)
{
  RoadPortCheck *check = get_check (self);
  g_autofree char *text = check != NULL ? road_port_sentence_describe_check (check) : NULL;

  if (text == NULL)
    text = road_port_sentence_describe (self->host, result);
  set_text (self->sentence, text);
}

/* Whether the port is the one that is being asked what it is. */
static gboolean
is_identifying (RoadPortDetails *self)
{
  return self->identification != NULL &&
         road_identification_get_host (self->identification) == self->host &&
         road_identification_get_port (self->identification) == self->port;
}

/* Whether it may be asked what it is: a scan that is running does that itself, or was told not to. */
static gboolean
can_identify (RoadPortDetails *self, const RoadPortResult *result)
{
  const RoadService *service = road_host_get_service (self->host, self->port);

  return result->state == ROAD_PORT_OPEN && self->report != NULL &&
         road_report_get_status (self->report) != ROAD_REPORT_RUNNING &&
         (service == NULL || service->confidence == 0);
}

static void
show_identifying (RoadPortDetails *self, const RoadPortResult *result)
{
  const gboolean is_asking = is_identifying (self);

  gtk_widget_set_visible (self->identify_button, can_identify (self, result));
  gtk_widget_set_sensitive (self->identify_button, self->identification == NULL);
  gtk_button_set_label (GTK_BUTTON (self->identify_button),
                        /* Translators: on a button, while a service is asked what it is */
                        is_asking ? _ ("Identifying…") : C_ ("service", "_Identify"));
  gtk_widget_set_visible (self->unidentified, !is_asking && self->unidentified_host == self->host &&
                                                  self->unidentified_port == self->port);
}

static void
show_service (RoadPortDetails *self, const RoadPortResult *result)
{
  g_autofree char *purpose = road_service_purpose_describe (self->host, self->port);
  g_autofree char *seen = road_earlier_scans_describe (self->earlier, self->host, self->port);

  set_text (self->purpose, purpose);
  set_text (self->seen, seen);
  road_service_view_set_port (self->service_view, self->report, self->host, self->port);
  gtk_widget_set_visible (GTK_WIDGET (self->service_view),
                          !road_service_view_is_empty (self->service_view));
  show_identifying (self, result);
  gtk_widget_set_visible (self->service_box, purpose != NULL || seen != NULL ||
                                                 can_identify (self, result) ||
                                                 !road_service_view_is_empty (self->service_view));
}

/* Whether the scanner of the report sent SYNs without connecting. */
static gboolean
is_half_open (RoadPortDetails *self)
{
  return self->report != NULL && g_str_equal (road_report_get_scan_type (self->report), "syn");
}

static RoadHandshake *
make_handshake (RoadPortDetails *self, const RoadPortResult *result)
{
  const RoadAddress *address = road_host_get_address (self->host);
  const guint latency = road_host_get_latency (self->host);
  RoadPortCheck *check = get_check (self);

  if (check != NULL)
    return road_handshake_new_from_trace (road_port_check_get_trace (check), address, self->port,
                                          latency, road_port_check_get_elapsed (check));

  return road_handshake_new_from_result (result, address, latency, is_half_open (self));
}

static void
show_handshake (RoadPortDetails *self, const RoadPortResult *result)
{
  RoadHandshake *handshake = make_handshake (self, result);
  g_autofree char *name = road_host_look_dup_title (self->host);
  g_autofree char *remark = handshake != NULL ? road_handshake_text_remark (handshake) : NULL;

  gtk_widget_set_visible (self->handshake_box, handshake != NULL);
  gtk_widget_set_visible (self->replay_button,
                          handshake != NULL && handshake->ended && handshake->packets->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->handshake_view),
                          handshake != NULL && handshake->packets->len > 0);
  set_text (self->remark, remark);
  road_handshake_view_set_handshake (self->handshake_view, handshake, name);
}

static gboolean
can_open (const char *uri)
{
  g_autofree char *scheme = uri != NULL ? g_uri_parse_scheme (uri) : NULL;
  g_autoptr (GAppInfo) handler = NULL;

  if (scheme == NULL || g_str_has_prefix (scheme, "http"))
    return scheme != NULL;

  handler = g_app_info_get_default_for_uri_scheme (scheme);

  return handler != NULL;
}

static void
show_actions (RoadPortDetails *self, const RoadPortResult *result)
{
  g_autofree char *uri =
      result->state == ROAD_PORT_OPEN ? road_port_uri_make (self->host, self->port) : NULL;

  gtk_widget_set_visible (self->open_button, can_open (uri));
  gtk_widget_set_tooltip_text (self->open_button, uri);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RoadPortDetails *self = ROAD_PORT_DETAILS (widget);
  RoadPortResult result;

  if (self->host == NULL || !is_checking (self))
    {
      self->tick_callback = 0;
      return G_SOURCE_REMOVE;
    }

  result = get_result (self);
  show_handshake (self, &result);

  return G_SOURCE_CONTINUE;
}

/* Lets the picture of a running check grow. Without animations it changes only when something happens. */
static void
animate (RoadPortDetails *self)
{
  gboolean animations;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  if (animations && self->tick_callback == 0 && is_checking (self))
    self->tick_callback = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* Leaves nothing for those who read hidden widgets. */
static void
clear (RoadPortDetails *self)
{
  gtk_label_set_text (self->title, "");
  gtk_label_set_text (self->host_label, "");
  gtk_label_set_text (self->sentence, "");
  gtk_label_set_text (self->purpose, "");
  road_service_view_set_port (self->service_view, NULL, NULL, 0);
  gtk_label_set_text (self->seen, "");
  road_handshake_view_set_handshake (self->handshake_view, NULL, NULL);
}

static void
update (RoadPortDetails *self)
{
  RoadPortResult result;

  if (self->host == NULL)
    {
      clear (self);
      return;
    }

  result = get_result (self);
  show_title (self, &result);
  show_host (self);
  show_sentence (self, &result);
  show_service (self, &result);
  show_handshake (self, &result);
  show_actions (self, &result);
  animate (self);
}

/* Actions. */

static void
check_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadPortDetails *self = user_data;

  /* Translators: said by screen readers when a port is checked again */
  g_autofree char *text = g_strdup_printf (_ ("Checking port %u"), self->port);

  if (self->host == NULL)
    return;

  if (!is_checking (self))
    road_result_announcer_announce (self->announcer, text);
  road_port_checks_start (self->checks, self->host, self->port);
}

/* Gives the report what was found out, whatever is shown now. */
static void
on_identified (RoadIdentification *identification, gpointer user_data)
{
  RoadPortDetails *self = user_data;
  g_autoptr (RoadHost) host = g_object_ref (road_identification_get_host (identification));
  const guint16 port = road_identification_get_port (identification);
  const RoadService *service;
  g_autofree char *purpose = NULL;
  g_autofree char *text = NULL;

  self->identification = NULL;
  road_identification_apply (identification);
  road_identification_free (identification);

  service = road_host_get_service (host, port);
  if (service == NULL || service->confidence == 0)
    {
      g_set_object (&self->unidentified_host, host);
      self->unidentified_port = port;
    }
  purpose = road_service_purpose_describe (host, port);
  text = g_strdup_printf (
      /* Translators: said by screen readers: a port, and a sentence about its service */
      _ ("Port %u: %s"), port,
      service != NULL && service->confidence > 0 && purpose != NULL
          ? purpose
          : gtk_label_get_text (GTK_LABEL (self->unidentified)));
  road_result_announcer_announce (self->announcer, text);
  update (self);
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
identify_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadPortDetails *self = user_data;

  if (self->host == NULL || self->identification != NULL)
    return;

  g_clear_object (&self->unidentified_host);
  self->identification =
      road_identification_new (self->host, self->port, ROAD_IDENTIFY_ASK, on_identified, self);
  update (self);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadPortDetails *self = user_data;
  g_autofree char *uri = self->host != NULL ? road_port_uri_make (self->host, self->port) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
copy_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadPortDetails *self = user_data;
  g_autofree char *place =
      self->host != NULL ? road_port_uri_make_place (self->host, self->port) : NULL;

  if (place != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), place);
}

static void
replay_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  road_handshake_view_replay (ROAD_PORT_DETAILS (user_data)->handshake_view);
}

static const GActionEntry actions[] = {
  { "check", check_action }, { "identify", identify_action }, { "open", open_action },
  { "copy", copy_action },   { "replay", replay_action },
};

/* Says how it ended, whatever is shown now. */
static void
on_check_ended (RoadPortDetails *self, RoadHost *host, guint port)
{
  RoadPortCheck *check = road_port_checks_get (self->checks, host, (guint16) port);
  RoadPortResult result = { .port = (guint16) port, .state = ROAD_PORT_UNKNOWN };
  g_autofree char *sentence = check != NULL ? road_port_sentence_describe_check (check) : NULL;
  g_autofree char *text = NULL;

  road_host_get_result (host, (guint16) port, &result);
  if (sentence == NULL)
    sentence = road_port_sentence_describe (host, &result);
  /* Translators: said by screen readers: a port, its state and a sentence about that */
  text = g_strdup_printf (_ ("Port %u, %s: %s"), port,
                          road_result_text_port_state ((RoadPortState) result.state), sentence);
  road_result_announcer_announce (self->announcer, text);
}

static void
on_report_updated (RoadPortDetails *self)
{
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
road_port_details_dispose (GObject *object)
{
  RoadPortDetails *self = ROAD_PORT_DETAILS (object);

  g_clear_object (&self->host_signals);
  g_clear_pointer (&self->identification, road_identification_free);
  g_clear_object (&self->unidentified_host);
  g_clear_object (&self->checks);
  g_clear_object (&self->earlier);
  g_clear_object (&self->actions);
  g_clear_object (&self->host);
  g_clear_object (&self->report);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_PORT_DETAILS);

  G_OBJECT_CLASS (road_port_details_parent_class)->dispose (object);
}

static void
road_port_details_class_init (RoadPortDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_port_details_dispose;

  g_type_ensure (ROAD_TYPE_HANDSHAKE_VIEW);
  g_type_ensure (ROAD_TYPE_RESULT_ANNOUNCER);
  g_type_ensure (ROAD_TYPE_SERVICE_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-port-details.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, title);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, state_box);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, state_label);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, host_label);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, sentence);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, buttons);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, open_button);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, service_box);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, purpose);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, identify_button);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, unidentified);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, service_view);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, seen);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, handshake_box);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, handshake_view);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, replay_button);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, remark);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, closed_view);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, filtered_view);
  gtk_widget_class_bind_template_child (widget_class, RoadPortDetails, announcer);

  /* The report has changed, as a check had another result. */
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

/* The pane is as narrow as a telephone, whatever the buttons say. */
static void
wrap_button_labels (GtkWidget *buttons)
{
  for (GtkWidget *button = gtk_widget_get_first_child (buttons); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

      gtk_label_set_wrap (label, TRUE);
      gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
    }
}

static void
road_port_details_init (RoadPortDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wrap_button_labels (self->buttons);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "port", G_ACTION_GROUP (self->actions));

  self->host_signals = g_signal_group_new (ROAD_TYPE_HOST);
  g_signal_group_connect_object (self->host_signals, "ports-changed", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->host_signals, "notify", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);

  self->earlier = road_earlier_scans_new (road_recent_scans_get_default ());
  g_signal_connect_object (self->earlier, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  road_handshake_view_set_compact (self->closed_view, TRUE);
  road_handshake_view_set_handshake (self->closed_view,
                                     road_handshake_new_example (ROAD_PORT_CLOSED),
                                     /* Translators: the other end of an example */
                                     _ ("host"));
  road_handshake_view_set_compact (self->filtered_view, TRUE);
  road_handshake_view_set_handshake (self->filtered_view,
                                     road_handshake_new_example (ROAD_PORT_FILTERED), _ ("host"));
}

/* @report: (nullable): the report of the ports; forgets all checks */
void
road_port_details_set_report (RoadPortDetails *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_PORT_DETAILS (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  road_port_details_set_port (self, NULL, 0);
  g_clear_pointer (&self->identification, road_identification_free);
  g_clear_object (&self->unidentified_host);
  g_set_object (&self->report, report);
  road_earlier_scans_set_report (self->earlier, report);

  g_clear_object (&self->checks);
  self->checks = road_port_checks_new ();
  g_signal_connect_object (self->checks, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checks, "ended", G_CALLBACK (on_check_ended), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checks, "updated", G_CALLBACK (on_report_updated), self,
                           G_CONNECT_SWAPPED);
}

/* @host: (nullable): a host of the report; %NULL to show nothing */
void
road_port_details_set_port (RoadPortDetails *self, RoadHost *host, guint16 port)
{
  g_return_if_fail (ROAD_IS_PORT_DETAILS (self));
  g_return_if_fail (host == NULL || ROAD_IS_HOST (host));

  if (self->host == host && self->port == port)
    return;

  g_set_object (&self->host, host);
  self->port = port;
  g_signal_group_set_target (self->host_signals, host);
  update (self);
}
