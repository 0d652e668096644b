/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-pacer.h"

/* Bounds of an automatic deadline, in ms. The first stands until the first round trip was seen:
 * nmap's --initial-rtt-timeout, too, is 1 s. The least leaves room for a busy machine, for ARP and for
 * spread that the estimate has not seen yet; RFC 6298 says 1 s, but a SYN that is given up too early
 * is only sent again here, and no transfer slows down. */
#define INITIAL_TIMEOUT_MS 1000
#define MIN_TIMEOUT_MS 200
#define MAX_TIMEOUT_MS 10000

/* How often a silent port is tried again, and how long after, in ms: a burst of loss should be over. */
#define DEFAULT_RETRIES 2
#define RETRY_DELAY_MS 100

struct _RoadPacer
{
  guint max_in_flight;
  guint timeout_ms;
  guint max_retries;

  guint window; /* max_in_flight, less while our own machine fails */
  RoadRtt group;

  /* A token bucket: a token is the right to begin one connect. */
  double rate;
  double burst;
  double tokens;
  gint64 filled_at;
};

/**
 * road_rtt_add_sample:
 * @self: an estimate
 * @rtt_us: a round-trip time in µs of a connect that was not repeated (Karn's rule)
 *
 * Updates the estimate with the arithmetic of RFC 6298 section 2.
 */
void
road_rtt_add_sample (RoadRtt *self, gint64 rtt_us)
{
  g_return_if_fail (self != NULL);

  rtt_us = MAX (rtt_us, 1);

  if (self->srtt_us == 0)
    {
      self->srtt_us = rtt_us;
      self->rttvar_us = rtt_us / 2;
      return;
    }

  self->rttvar_us += (ABS (self->srtt_us - rtt_us) - self->rttvar_us) / 4;
  self->srtt_us += (rtt_us - self->srtt_us) / 8;
  self->srtt_us = MAX (self->srtt_us, 1);
}

/**
 * road_pacer_new:
 * @limits: what the user wants
 *
 * Returns: (transfer full): a pacer; free it with road_pacer_free()
 */
RoadPacer *
road_pacer_new (const RoadPacerLimits *limits)
{
  RoadPacer *self;

  g_return_val_if_fail (limits != NULL, NULL);

  self = g_new0 (RoadPacer, 1);
  self->max_in_flight =
      limits->max_in_flight != 0 ? limits->max_in_flight : ROAD_PACER_MAX_IN_FLIGHT;
  self->window = self->max_in_flight;
  self->timeout_ms = limits->timeout_ms;
  /* RoadProbe counts attempts in 8 bits. */
  self->max_retries =
      limits->max_retries >= 0 ? (guint) MIN (limits->max_retries, G_MAXUINT8) : DEFAULT_RETRIES;

  /* A burst of 20 ms keeps the rate even and lets the main loop sleep in between. */
  self->rate = limits->max_rate;
  self->burst = MAX (1.0, self->rate / 50);
  self->tokens = 1;
  self->filled_at = G_MININT64;

  return self;
}

/**
 * road_pacer_free:
 * @self: (transfer full): a pacer
 */
void
road_pacer_free (RoadPacer *self)
{
  g_free (self);
}

/**
 * road_pacer_get_allowance:
 * @self: a pacer
 * @now: the time in µs
 * @n_in_flight: how many connects are under way
 * @next: (out): when to ask again if there is none because of the rate, in µs; else %G_MAXINT64
 *
 * Returns: how many connects may be begun now
 */
guint
road_pacer_get_allowance (RoadPacer *self, gint64 now, guint n_in_flight, gint64 *next)
{
  guint allowance;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (next != NULL, 0);

  *next = G_MAXINT64;
  allowance = self->window > n_in_flight ? self->window - n_in_flight : 0;

  if (self->rate > 0)
    {
      if (self->filled_at == G_MININT64)
        self->filled_at = now;

      self->tokens += (double) (now - self->filled_at) * self->rate / G_USEC_PER_SEC;
      self->tokens = MIN (self->tokens, self->burst);
      self->filled_at = now;

      if (self->tokens < 1)
        *next = now + (gint64) ((1 - self->tokens) * G_USEC_PER_SEC / self->rate) + 1;

      allowance = MIN (allowance, (guint) self->tokens);
    }

  return allowance;
}

/**
 * road_pacer_sent:
 * @self: a pacer
 * @n: how many connects were begun
 *
 * Must follow road_pacer_get_allowance(), which allowed at least @n.
 */
void
road_pacer_sent (RoadPacer *self, guint n)
{
  g_return_if_fail (self != NULL);

  if (self->rate > 0)
    self->tokens -= n;
}

/**
 * road_pacer_answered:
 * @self: a pacer
 * @host: the estimate of the host that answered
 * @rtt_us: how long its answer took, in µs, or 0 if that is not known for certain
 *
 * Says that a connect had an answer.
 */
void
road_pacer_answered (RoadPacer *self, RoadRtt *host, gint64 rtt_us)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (host != NULL);

  if (rtt_us > 0)
    {
      road_rtt_add_sample (host, rtt_us);
      road_rtt_add_sample (&self->group, rtt_us);
    }

  if (self->window < self->max_in_flight)
    self->window++;
}

/**
 * road_pacer_local_failure:
 * @self: a pacer
 *
 * Says that our own machine could not connect: it may have run out of something, so fewer connects
 * are begun until answers come again.
 */
void
road_pacer_local_failure (RoadPacer *self)
{
  g_return_if_fail (self != NULL);

  self->window = MAX (1, self->window / 2);
}

/**
 * road_pacer_get_timeout:
 * @self: a pacer
 * @host: (nullable): the estimate of the host, or %NULL if nothing is to be taken for known
 * @attempt: how often the port was tried before
 *
 * Returns: how long to wait for an answer, in ms: what the user said, or as RFC 6298 (2.3) has it,
 *   twice as long with each attempt (5.5)
 */
guint
road_pacer_get_timeout (RoadPacer *self, const RoadRtt *host, guint attempt)
{
  const RoadRtt *rtt;
  gint64 timeout_ms = INITIAL_TIMEOUT_MS;

  g_return_val_if_fail (self != NULL, INITIAL_TIMEOUT_MS);

  if (self->timeout_ms != 0)
    return self->timeout_ms;

  rtt = host != NULL && host->srtt_us == 0 ? &self->group : host;
  if (rtt != NULL && rtt->srtt_us != 0)
    timeout_ms = MAX ((rtt->srtt_us + 4 * rtt->rttvar_us) / 1000, MIN_TIMEOUT_MS);

  return (guint) MIN (timeout_ms << MIN (attempt, 8), MAX_TIMEOUT_MS);
}

/**
 * road_pacer_get_retry:
 * @self: a pacer
 * @attempt: how often the port was tried before the try that had no answer
 * @delay_ms: (out): how long to wait before it is tried again, in ms
 *
 * Returns: whether to try a silent port again
 */
gboolean
road_pacer_get_retry (RoadPacer *self, guint attempt, guint *delay_ms)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (delay_ms != NULL, FALSE);

  *delay_ms = RETRY_DELAY_MS;

  return attempt < self->max_retries;
}
