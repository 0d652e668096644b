/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-map.h"

#include "road-port-map-marks.h"
#include "road-port-picture.h"
#include "ui/results/road-result-text.h"

#include <glib/gi18n.h>

/* At most so often a running scan changes the picture, in ms. */
#define UPDATE_MS 100

/* At most so often it changes what screen readers are told, in µs. */
#define DESCRIBE_INTERVAL G_USEC_PER_SEC

/* The sides of the picture, in logical pixels. */
#define MIN_SIDE ROAD_PORT_CELLS_SIDE
#define MAX_SIDE (2 * ROAD_PORT_CELLS_SIDE)

/* How many rows Page Up and Page Down move. */
#define PAGE_ROWS 16

struct _RoadPortMap
{
  GtkWidget parent_instance;

  RoadHost *host;
  GSignalGroup *host_signals;
  RoadPortCells *cells;     /* too large for an instance */
  int crosshair;            /* a port, or ROAD_PORT_CELLS_NONE */
  graphene_point_t pointer; /* where the mouse was in the window */

  GdkTexture *texture; /* NULL: has to be drawn */
  guint texture_side;
  RoadPortRegions regions;
  guint update_source;
  gboolean picture_stale;
  gboolean words_stale;
  gint64 described_at;
};

enum
{
  CHANGED,
  PORT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadPortMap, road_port_map, GTK_TYPE_WIDGET)

/* What is there, in words. */

static char *
describe_crosshair (RoadPortMap *self)
{
  const RoadPortState state = (RoadPortState) self->cells->states[self->crosshair];

  /* Translators: said by screen readers of the place that the user points at in the port map: a port, and its
   * state */
  return g_strdup_printf (_ ("crosshair at port %d: %s"), self->crosshair,
                          state == ROAD_PORT_UNKNOWN ? C_ ("port", "not scanned")
                                                     : road_result_text_port_state (state));
}

static void
describe (RoadPortMap *self)
{
  const guint *n = self->cells->n_ports;
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: the numbers of ports of a host by their state, said by screen readers */
  g_string_append_printf (text, _ ("%'u open, %'u filtered, %'u closed, %'u not scanned"),
                          n[ROAD_PORT_OPEN], n[ROAD_PORT_FILTERED], n[ROAD_PORT_CLOSED],
                          n[ROAD_PORT_UNKNOWN]);
  if (self->crosshair != ROAD_PORT_CELLS_NONE)
    {
      g_autofree char *crosshair = describe_crosshair (self);

      g_string_append_printf (text, "; %s", crosshair);
    }

  self->described_at = g_get_monotonic_time ();
  self->words_stale = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
}

/* Changes. */

static void
redraw (RoadPortMap *self)
{
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
read_host (RoadPortMap *self)
{
  road_port_cells_read (self->cells, self->host);
  self->picture_stale = FALSE;
  self->words_stale = TRUE;
  redraw (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_update_time (gpointer user_data)
{
  RoadPortMap *self = user_data;

  if (self->picture_stale)
    read_host (self);
  if (g_get_monotonic_time () - self->described_at >= DESCRIBE_INTERVAL)
    describe (self);
  if (self->words_stale)
    return G_SOURCE_CONTINUE;

  self->update_source = 0;

  return G_SOURCE_REMOVE;
}

static void
on_ports_changed (RoadPortMap *self)
{
  self->picture_stale = TRUE;
  if (self->update_source == 0)
    self->update_source =
        g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, UPDATE_MS, on_update_time, self, NULL);
}

/* Where things are. */

/* The names of the regions are left out where there is no room. */
static gboolean
has_regions (RoadPortMap *self, int width)
{
  return width >= MIN_SIDE + road_port_regions_get_width (&self->regions);
}

static int
get_side (RoadPortMap *self, int width)
{
  const int room =
      has_regions (self, width) ? width - road_port_regions_get_width (&self->regions) : width;

  return CLAMP (room, MIN_SIDE, MAX_SIDE);
}

/* Numbers grow to the right in all languages, but the names of the regions change sides. */
static int
get_left (RoadPortMap *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
             ? width - get_side (self, width)
             : 0;
}

/* Returns a port, or ROAD_PORT_CELLS_NONE if there is none. */
static int
find_port_at (RoadPortMap *self, double x, double y)
{
  const int side = get_side (self, gtk_widget_get_width (GTK_WIDGET (self)));

  x -= get_left (self);
  if (x < 0 || y < 0 || x >= side || y >= side)
    return ROAD_PORT_CELLS_NONE;

  return (int) (y * ROAD_PORT_CELLS_SIDE / side) * ROAD_PORT_CELLS_SIDE +
         (int) (x * ROAD_PORT_CELLS_SIDE / side);
}

static void
road_port_map_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  RoadPortMap *self = ROAD_PORT_MAP (widget);

  *minimum = MIN_SIDE;
  *natural = MIN_SIDE;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural += road_port_regions_get_width (&self->regions);
  else if (for_size != -1)
    *minimum = *natural = get_side (self, for_size);
}

static GtkSizeRequestMode
road_port_map_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The picture. */

static void
road_port_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoadPortMap *self = ROAD_PORT_MAP (widget);
  const int width = gtk_widget_get_width (widget);
  const int side = get_side (self, width);
  const graphene_rect_t square = GRAPHENE_RECT_INIT (0, 0, (float) side, (float) side);

  if (self->texture == NULL || self->texture_side != (guint) side)
    {
      g_clear_object (&self->texture);
      self->texture = road_port_picture_new (widget, self->cells, (guint) side);
      self->texture_side = (guint) side;
    }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) get_left (self), 0));
  gtk_snapshot_append_texture (snapshot, self->texture, &square);
  if (self->crosshair != ROAD_PORT_CELLS_NONE)
    road_port_crosshair_draw (widget, snapshot, side, self->crosshair);
  gtk_snapshot_restore (snapshot);

  if (has_regions (self, width))
    road_port_regions_draw (&self->regions, widget, snapshot, get_left (self), side);
}

/* Fonts or colours have changed. */
static void
restyle (RoadPortMap *self)
{
  road_port_regions_make (&self->regions, GTK_WIDGET (self));
  gtk_widget_queue_resize (GTK_WIDGET (self));
  redraw (self);
}

static void
road_port_map_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (road_port_map_parent_class)->css_changed (widget, change);
  restyle (ROAD_PORT_MAP (widget));
}

static void
road_port_map_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (road_port_map_parent_class)->system_setting_changed (widget, setting);
  restyle (ROAD_PORT_MAP (widget));
}

/* Mouse and keyboard. */

/* GTK says so too when what is under the mouse has moved, such as by scrolling. Returns: whether the mouse
 * has */
static gboolean
note_pointer (RoadPortMap *self, double x, double y)
{
  const graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);
  const graphene_point_t before = self->pointer;
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  return gtk_widget_compute_point (GTK_WIDGET (self), root, &point, &self->pointer) &&
         !graphene_point_near (&before, &self->pointer, 0.5f);
}

static void
on_enter (RoadPortMap *self, double x, double y)
{
  note_pointer (self, x, y);
}

static void
on_motion (RoadPortMap *self, double x, double y)
{
  const int port = find_port_at (self, x, y);

  if (note_pointer (self, x, y) && port != ROAD_PORT_CELLS_NONE)
    road_port_map_set_crosshair (self, port);
}

static void
on_released (RoadPortMap *self, int n_presses, double x, double y)
{
  const int port = find_port_at (self, x, y);

  if (port == ROAD_PORT_CELLS_NONE)
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  road_port_map_set_crosshair (self, port);
  g_signal_emit (self, signals[PORT_ACTIVATED], 0, port);
}

/* A user of the keyboard begins where there is something to see. */
static void
ensure_crosshair (RoadPortMap *self)
{
  const int open = road_port_cells_find_open (self->cells, -1, 1);

  if (self->crosshair == ROAD_PORT_CELLS_NONE)
    road_port_map_set_crosshair (self, MAX (open, 0));
}

static void
on_focus (RoadPortMap *self)
{
  if (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_VISIBLE)
    ensure_crosshair (self);
}

static gboolean
move (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadPortMap *self = ROAD_PORT_MAP (widget);
  int columns, rows;

  g_variant_get (args, "(ii)", &columns, &rows);
  ensure_crosshair (self);
  road_port_map_set_crosshair (self, road_port_cells_move (self->crosshair, columns, rows));

  return TRUE;
}

static gboolean
move_to_edge (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadPortMap *self = ROAD_PORT_MAP (widget);
  gboolean end;

  g_variant_get (args, "(b)", &end);
  ensure_crosshair (self);
  road_port_map_set_crosshair (self, road_port_cells_move_to_edge (self->crosshair, end));

  return TRUE;
}

static gboolean
move_to_open (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadPortMap *self = ROAD_PORT_MAP (widget);
  int step, port;

  g_variant_get (args, "(i)", &step);
  ensure_crosshair (self);
  port = road_port_cells_find_open (self->cells, self->crosshair, step);
  if (port != ROAD_PORT_CELLS_NONE)
    road_port_map_set_crosshair (self, port);
  else
    gtk_widget_error_bell (widget);

  return TRUE;
}

static gboolean
activate (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadPortMap *self = ROAD_PORT_MAP (widget);

  ensure_crosshair (self);
  g_signal_emit (self, signals[PORT_ACTIVATED], 0, self->crosshair);

  return TRUE;
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    guint keypad_key;
    int columns;
    int rows;
  } moves[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, -PAGE_ROWS },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, PAGE_ROWS },
  };
  static const guint activators[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter,
                                      GDK_KEY_space };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move, "(ii)", moves[i].columns,
                                    moves[i].rows);
      gtk_widget_class_add_binding (widget_class, moves[i].keypad_key, 0, move, "(ii)",
                                    moves[i].columns, moves[i].rows);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, move_to_edge, "(b)", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Home, 0, move_to_edge, "(b)", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, move_to_edge, "(b)", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_End, 0, move_to_edge, "(b)", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_CONTROL_MASK, move_to_open, "(i)",
                                -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_CONTROL_MASK, move_to_open, "(i)",
                                1);
  for (guint i = 0; i < G_N_ELEMENTS (activators); i++)
    gtk_widget_class_add_binding (widget_class, activators[i], 0, activate, NULL);
}

static void
road_port_map_dispose (GObject *object)
{
  RoadPortMap *self = ROAD_PORT_MAP (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->host_signals);
  g_clear_object (&self->host);
  g_clear_object (&self->texture);
  road_port_regions_clear (&self->regions);

  G_OBJECT_CLASS (road_port_map_parent_class)->dispose (object);
}

static void
road_port_map_finalize (GObject *object)
{
  g_free (ROAD_PORT_MAP (object)->cells);

  G_OBJECT_CLASS (road_port_map_parent_class)->finalize (object);
}

static void
road_port_map_class_init (RoadPortMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_port_map_dispose;
  G_OBJECT_CLASS (klass)->finalize = road_port_map_finalize;
  widget_class->measure = road_port_map_measure;
  widget_class->get_request_mode = road_port_map_get_request_mode;
  widget_class->snapshot = road_port_map_snapshot;
  widget_class->css_changed = road_port_map_css_changed;
  widget_class->system_setting_changed = road_port_map_system_setting_changed;

  /* The states of ports, or the crosshair. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /* The user wants to know more about a port (argument). */
  signals[PORT_ACTIVATED] =
      g_signal_new ("port-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "portmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  add_bindings (widget_class);
}

static void
add_controllers (RoadPortMap *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (on_enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_focus), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
road_port_map_init (RoadPortMap *self)
{
  self->cells = g_new (RoadPortCells, 1);
  self->crosshair = ROAD_PORT_CELLS_NONE;
  self->host_signals = g_signal_group_new (ROAD_TYPE_HOST);
  g_signal_group_connect_object (self->host_signals, "ports-changed", G_CALLBACK (on_ports_changed),
                                 self, G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Port map"), -1);
  road_port_regions_make (&self->regions, GTK_WIDGET (self));
  add_controllers (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (redraw), NULL);
  road_port_cells_read (self->cells, NULL);
}

/* @host: (nullable). Shows it from now on, with its changes. */
void
road_port_map_set_host (RoadPortMap *self, RoadHost *host)
{
  g_return_if_fail (ROAD_IS_PORT_MAP (self));
  g_return_if_fail (host == NULL || ROAD_IS_HOST (host));

  if (self->host != host)
    self->crosshair = ROAD_PORT_CELLS_NONE;
  g_set_object (&self->host, host);
  g_signal_group_set_target (self->host_signals, host);
  read_host (self);
  describe (self);
}

/* Returns: (transfer none): what is shown; changes later */
const RoadPortCells *
road_port_map_get_cells (RoadPortMap *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_MAP (self), NULL);

  return self->cells;
}

/* Returns: the port that the user points at, or %ROAD_PORT_CELLS_NONE */
int
road_port_map_get_crosshair (RoadPortMap *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_MAP (self), ROAD_PORT_CELLS_NONE);

  return self->crosshair;
}

void
road_port_map_set_crosshair (RoadPortMap *self, int port)
{
  g_return_if_fail (ROAD_IS_PORT_MAP (self));
  g_return_if_fail (port >= ROAD_PORT_CELLS_NONE && port < ROAD_PORT_CELLS_N);

  if (self->crosshair == port)
    return;

  self->crosshair = port;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}
