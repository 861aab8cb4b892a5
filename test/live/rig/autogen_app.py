"""Agents as users write them, one per captured run (test/captures/autogen@0.7.5): autogen_app.py NAME"""
import asyncio
import logging
import sys

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_agentchat.ui import Console
from autogen_core import EVENT_LOGGER_NAME, TRACE_LOGGER_NAME
from autogen_ext.models.openai import OpenAIChatCompletionClient
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def find_order(order_id: str) -> str:
    """Find an order."""
    return "shipped"


async def get_claim(claim_id: str) -> str:
    """Read one insurance claim."""
    return f"{claim_id}: open, 1200 EUR, water damage"


def get_forecast(city: str) -> str:
    """Weather forecast."""
    return f"{city}: sunny"


async def order_status(order_id: str) -> dict:
    """State of an order."""
    return {"order": order_id, "state": "shipped", "errors": [], "retry_count": 0}


async def stock_level(sku: str) -> str:
    """Stock of a product, as JSON."""
    return '{"sku": "%s", "stock": 14, "error": null, "failed_checks": 0}' % sku


def agent(name, tools, **options):
    return AssistantAgent(name, OpenAIChatCompletionClient(model="gpt-4o-2024-08-06"), tools=tools, **options)


def orders():
    one = agent("order_agent", [find_order], system_message="Answer questions about orders. Use lookup_order.")
    return RoundRobinGroupChat([one], max_turns=1), "Where is O-20?"


APPS = {
    "orders-unknown-tool": orders,
    "claims-argument-renamed": lambda: (
        agent("claims_agent", [get_claim], reflect_on_tool_use=True), "What is the state of claim C-1042?"),
    "weather-merged-stream": lambda: (
        agent("weather_agent", [get_forecast], model_client_stream=True, reflect_on_tool_use=True),
        "Forecast for Porto and Faro?"),
    "orders-healthy-parallel": lambda: (
        agent("order_agent", [order_status, stock_level], reflect_on_tool_use=True),
        "Has O-1 shipped, and how many SKU-9 are left?"),
}

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)
logging.basicConfig(level=logging.WARNING)
for name in (EVENT_LOGGER_NAME, TRACE_LOGGER_NAME):
    logging.getLogger(name).addHandler(logging.StreamHandler())
    logging.getLogger(name).setLevel(logging.INFO)


async def main():
    app, task = APPS[sys.argv[1]]()
    await Console(app.run_stream(task=task))

asyncio.run(main())
