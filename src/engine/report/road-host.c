/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-private.h"
#include "road-host-notes.h"

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_STATE,
  PROP_LATENCY,
  PROP_DONE,
  PROP_TIMED_OUT,
  PROP_N_NOTES,
  PROP_N_CHANGES,
  N_PROPS
};

enum
{
  PORTS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadHost, road_host, G_TYPE_OBJECT)

static void
road_host_finalize (GObject *object)
{
  RoadHost *self = ROAD_HOST (object);

  g_clear_pointer (&self->address_string, g_free);
  g_clear_pointer (&self->user_names, g_ptr_array_unref);
  g_clear_pointer (&self->ptr_name, g_free);
  g_clear_pointer (&self->other_addresses, g_strfreev);
  road_host_ports_clear (&self->ports);
  g_clear_pointer (&self->extra, road_host_extra_free);
  g_clear_pointer (&self->changes, road_host_changes_free);

  G_OBJECT_CLASS (road_host_parent_class)->finalize (object);
}

static void
road_host_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadHost *self = ROAD_HOST (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, road_host_get_title (self));
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_LATENCY:
      g_value_set_uint (value, self->latency_us);
      break;
    case PROP_DONE:
      g_value_set_boolean (value, self->done);
      break;
    case PROP_TIMED_OUT:
      g_value_set_boolean (value, self->timed_out);
      break;
    case PROP_N_NOTES:
      g_value_set_uint (value, road_host_get_n_notes (self));
      break;
    case PROP_N_CHANGES:
      g_value_set_uint (value, road_host_get_n_changes (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_host_class_init (RoadHostClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = road_host_finalize;
  object_class->get_property = road_host_get_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ROAD_HOST_UNKNOWN, ROAD_HOST_DOWN,
                                             ROAD_HOST_UNKNOWN, flags);

  /**
   * RoadHost:latency:
   *
   * In µs; 0 if not known.
   */
  properties[PROP_LATENCY] = g_param_spec_uint ("latency", NULL, NULL, 0, G_MAXUINT, 0, flags);

  properties[PROP_DONE] = g_param_spec_boolean ("done", NULL, NULL, FALSE, flags);

  properties[PROP_TIMED_OUT] = g_param_spec_boolean ("timed-out", NULL, NULL, FALSE, flags);

  properties[PROP_N_NOTES] = g_param_spec_uint ("n-notes", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * RoadHost:n-changes:
   *
   * See road_host_get_n_changes().
   */
  properties[PROP_N_CHANGES] = g_param_spec_uint ("n-changes", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RoadHost::ports-changed:
   *
   * Results or services were added; emitted at most ten times a second.
   */
  signals[PORTS_CHANGED] = g_signal_new ("ports-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_host_init (RoadHost *self)
{
  self->user_names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->user_names, NULL);
  road_host_ports_init (&self->ports);
}

/**
 * road_host_new:
 * @address: its address
 * @user_name: (nullable): the name the user gave for it
 * @other_addresses: (nullable): %NULL-terminated; the name's other addresses, which are not scanned
 */
RoadHost *
road_host_new (const RoadAddress *address,
               const char *user_name,
               const char *const *other_addresses)
{
  RoadHost *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (ROAD_TYPE_HOST, NULL);
  self->address = *address;
  self->address_string = road_address_to_string (address);
  if (user_name != NULL)
    road_host_add_user_name (self, user_name);
  self->other_addresses = g_strdupv ((GStrv) other_addresses);

  return self;
}

const RoadAddress *
road_host_get_address (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return &self->address;
}

const char *
road_host_get_address_string (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return self->address_string;
}

/* Returns: (nullable): the first name the user gave for it */
const char *
road_host_get_user_name (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return road_host_get_user_names (self)[0];
}

/* Returns: %NULL-terminated; the names the user gave for it, in the order in which they were written; valid
 * until one is added */
const char *const *
road_host_get_user_names (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return (const char *const *) self->user_names->pdata;
}

/* As in DNS, case does not matter. */
gboolean
road_host_has_user_name (RoadHost *self, const char *name)
{
  const char *const *names;

  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  names = road_host_get_user_names (self);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (names[i], name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Returns: (nullable): the name that DNS returns for its address. Whoever runs that DNS server chose it: it
 * may contain anything. */
const char *
road_host_get_ptr_name (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return self->ptr_name;
}

/* Returns: the user's first name for it, or else the one from DNS, or the one that it told by mDNS, or else its
 * address */
const char *
road_host_get_title (RoadHost *self)
{
  const char *name;

  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  if (road_host_get_user_name (self) != NULL)
    return road_host_get_user_name (self);

  name = road_host_get_found_name (self);

  return name != NULL ? name : self->address_string;
}

/* Returns: (nullable): %NULL-terminated; the other addresses of the user's names, which were not scanned */
const char *const *
road_host_get_other_addresses (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return (const char *const *) self->other_addresses;
}

RoadHostState
road_host_get_state (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), ROAD_HOST_UNKNOWN);

  return self->state;
}

RoadReason
road_host_get_reason (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), ROAD_REASON_NONE);

  return self->reason;
}

/* Returns: its round-trip time in µs; 0 if it is not known */
guint
road_host_get_latency (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  return self->latency_us;
}

/* Returns: its index among the targets, by which reports are ordered */
guint64
road_host_get_index (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  return self->index;
}

/* Returns: whether all its ports were scanned; never true for a host that timed out */
gboolean
road_host_get_done (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);

  return self->done;
}

/* Returns: whether it was given up because it took longer than the profile allows; the ports without a
 * result were not scanned */
gboolean
road_host_get_timed_out (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);

  return self->timed_out;
}

void
road_host_set_state (RoadHost *self, RoadHostState state, RoadReason reason)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (self->state == state && self->reason == reason)
    return;

  self->state = state;
  self->reason = reason;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
road_host_add_user_name (RoadHost *self, const char *name)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (name != NULL);

  g_ptr_array_insert (self->user_names, (int) self->user_names->len - 1, g_strdup (name));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
road_host_set_ptr_name (RoadHost *self, const char *name)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (g_strcmp0 (self->ptr_name, name) == 0)
    return;

  g_free (self->ptr_name);
  self->ptr_name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
road_host_set_latency (RoadHost *self, guint latency_us)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (self->latency_us == latency_us)
    return;

  self->latency_us = latency_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LATENCY]);
}

void
road_host_set_index (RoadHost *self, guint64 index)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  self->index = index;
}

void
road_host_set_done (RoadHost *self)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (self->done || self->timed_out)
    return;

  self->done = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
}

/**
 * road_host_set_timed_out:
 * @self: a host that is not done
 */
void
road_host_set_timed_out (RoadHost *self)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (!self->done);

  if (self->timed_out)
    return;

  self->timed_out = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMED_OUT]);
}

/**
 * road_host_add_results:
 * @results: (array length=n_results): results in any order, for ports that have none yet, unless the host was
 *   scanned again meanwhile
 *
 * Takes time in proportion to the batch and the existing ranges: call it for batches, not for single results.
 */
void
road_host_add_results (RoadHost *self, const RoadPortResult *results, gsize n_results)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (results != NULL || n_results == 0);

  if (n_results == 0)
    return;

  if (self->changes != NULL)
    {
      RoadHostPorts newer;

      road_host_ports_init (&newer);
      road_host_ports_add (&newer, results, n_results);
      road_host_ports_replace (&self->ports, &newer, NULL);
      road_host_ports_clear (&newer);
    }
  else
    {
      road_host_ports_add (&self->ports, results, n_results);
    }
  g_signal_emit (self, signals[PORTS_CHANGED], 0);
}

/**
 * road_host_add_group:
 * @group: ports with one outcome, none of which has a result yet
 *
 * Adds many ports at once, as a saved report has them.
 */
void
road_host_add_group (RoadHost *self, const RoadPortGroup *group)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (group != NULL && group->ports != NULL);

  road_host_ports_add_group (&self->ports, group);
  g_signal_emit (self, signals[PORTS_CHANGED], 0);
}

static void
replace_ports (RoadHost *self, const RoadHostPorts *newer, RoadPortSet *covered)
{
  const guint n_before = road_host_get_n_changes (self);
  RoadHostPorts before;

  road_host_ports_init (&before);
  for (guint i = 0; i < self->ports.groups->len; i++)
    road_host_ports_add_group (&before, &g_array_index (self->ports.groups, RoadPortGroup, i));

  road_host_ports_replace (&self->ports, newer, covered);

  if (self->changes == NULL)
    self->changes = road_host_changes_new ();
  road_host_changes_note (self->changes, &before, &self->ports);
  road_host_ports_clear (&before);
  if (road_host_get_n_changes (self) != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHANGES]);
}

RoadHostExtra *
road_host_ensure_extra (RoadHost *self)
{
  if (self->extra == NULL)
    self->extra = road_host_extra_new ();

  return self->extra;
}

/**
 * road_host_update:
 * @self: a host
 * @newer: the same host, scanned again
 * @covered: (nullable): the ports that were scanned again, of which some may have no result; else only
 *   those that have one are replaced
 *
 * Takes over what is newer, and keeps what was not scanned again.
 */
void
road_host_update (RoadHost *self, RoadHost *newer, RoadPortSet *covered)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (ROAD_IS_HOST (newer) && newer != self);

  g_object_freeze_notify (G_OBJECT (self));
  if (newer->state != ROAD_HOST_UNKNOWN)
    road_host_set_state (self, newer->state, newer->reason);
  if (newer->latency_us != 0)
    road_host_set_latency (self, newer->latency_us);
  if (newer->ptr_name != NULL)
    road_host_set_ptr_name (self, newer->ptr_name);
  if (newer->done && self->timed_out)
    {
      self->timed_out = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMED_OUT]);
    }
  if (newer->done)
    road_host_set_done (self);
  road_host_take_notes (self, newer);
  replace_ports (self, &newer->ports, covered);
  road_host_replace_services (self, newer);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[PORTS_CHANGED], 0);
}

/* Forgets which states were other ones before the host was scanned again. */
void
road_host_forget_changes (RoadHost *self)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (road_host_get_n_changes (self) == 0)
    return;

  road_host_changes_clear (self->changes);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHANGES]);
  g_signal_emit (self, signals[PORTS_CHANGED], 0);
}

static void
notify_note (RoadHost *self, const char *name)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NOTES]);
  if (g_str_equal (name, ROAD_NOTE_MDNS_NAME))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * road_host_add_note:
 * @port: the port that the note is about, or %ROAD_NOTE_HOST
 * @name: the kind of note, see #RoadNote
 * @text: the note
 *
 * Does nothing if the note is there already. The scan's own remarks about a host are %ROAD_NOTE_REMARK about
 * %ROAD_NOTE_HOST.
 */
void
road_host_add_note (RoadHost *self, int port, const char *name, const char *text)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  road_host_extra_add_note (road_host_ensure_extra (self), port, name, text);
  notify_note (self, name);
}

/**
 * road_host_replace_note:
 * @name: the kind of note about the whole host, of which there is only one
 * @text: the note
 *
 * Adds a note, in place of an older one of that kind.
 */
void
road_host_replace_note (RoadHost *self, const char *name, const char *text)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  road_host_extra_replace_note (road_host_ensure_extra (self), ROAD_NOTE_HOST, name, text);
  notify_note (self, name);
}
