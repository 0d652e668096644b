/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-table.h"

#include <string.h>
#include <sys/mman.h>

#include "sim-hash.h"

/* Open addressing with linear probing, at most 3/4 full. The memory comes from mmap, so that a
 * large table costs nothing until it is used: growing a table of a million entries would stop the
 * simulation for longer than a round trip takes. */
struct _SimTable
{
  char *entries;
  gsize entry_size;
  gsize capacity; /* a power of two */
  gsize n_entries;
};

static char *
allocate (gsize size)
{
  char *memory =
      mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("No memory for a table of %" G_GSIZE_FORMAT " bytes", size);

  return memory;
}

/**
 * sim_table_new:
 * @entry_size: the size of an entry
 * @capacity: for how many entries to have room at first; a power of two
 *
 * Returns: (transfer full): a table; free it with sim_table_free()
 */
SimTable *
sim_table_new (gsize entry_size, gsize capacity)
{
  SimTable *self = g_new0 (SimTable, 1);

  self->entry_size = entry_size;
  self->capacity = capacity;
  self->entries = allocate (capacity * entry_size);

  return self;
}

/**
 * sim_table_free:
 * @self: (transfer full): a table
 */
void
sim_table_free (SimTable *self)
{
  munmap (self->entries, self->capacity * self->entry_size);
  g_free (self);
}

/* The entry of @key, or the free place where it belongs. 0 marks a free place, so no key is 0. */
static guint64 *
find_place (SimTable *self, guint64 key)
{
  gsize i = sim_mix (key) & (self->capacity - 1);

  while (TRUE)
    {
      guint64 *entry = (gpointer) (self->entries + i * self->entry_size);

      if (*entry == key || *entry == 0)
        return entry;
      i = (i + 1) & (self->capacity - 1);
    }
}

static void
grow (SimTable *self)
{
  char *old = self->entries;
  gsize old_capacity = self->capacity;

  self->capacity *= 2;
  self->entries = allocate (self->capacity * self->entry_size);
  for (gsize i = 0; i < old_capacity; i++)
    {
      guint64 *entry = (gpointer) (old + i * self->entry_size);

      if (*entry != 0)
        memcpy (find_place (self, *entry), entry, self->entry_size);
    }
  munmap (old, old_capacity * self->entry_size);
}

/**
 * sim_table_get:
 * @self: a table
 * @key: a key, not 0
 * @is_new: (out): whether there was no entry for it yet
 *
 * Returns: (transfer none): the entry of that key; valid until the next call that adds one
 */
gpointer
sim_table_get (SimTable *self, guint64 key, gboolean *is_new)
{
  guint64 *entry = find_place (self, key);

  *is_new = *entry == 0;
  if (*is_new)
    {
      if (self->n_entries >= self->capacity / 4 * 3)
        {
          grow (self);
          entry = find_place (self, key);
        }
      *entry = key;
      self->n_entries++;
    }

  return entry;
}

/**
 * sim_table_find:
 * @self: a table
 * @key: a key, not 0
 *
 * Returns: (transfer none) (nullable): the entry of that key, if there is one
 */
gpointer
sim_table_find (SimTable *self, guint64 key)
{
  guint64 *entry = find_place (self, key);

  return *entry == 0 ? NULL : entry;
}
