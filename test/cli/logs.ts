/** What AutoGen 0.4 prints when the model misnames an argument, and when all goes well (from captures of real runs). */
export const FAILING = `---------- user ----------
What is the state of claim C-1042?
---------- claims_agent ----------
[FunctionCall(id='call_q8Zt1', arguments='{"claimId": "C-1042"}', name='get_claim')]
---------- claims_agent ----------
[FunctionExecutionResult(content="TypeError: get_claim() got an unexpected keyword argument 'claimId'", name='get_claim', call_id='call_q8Zt1', is_error=True)]
I could not read the claim because its id was missing.
`;

export const HEALTHY = `---------- user ----------
What is the state of claim C-1042?
---------- claims_agent ----------
[FunctionCall(id='call_q8Zt1', arguments='{"claim_id": "C-1042"}', name='get_claim')]
---------- claims_agent ----------
[FunctionExecutionResult(content='C-1042: open, 1200 EUR', name='get_claim', call_id='call_q8Zt1', is_error=False)]
---------- claims_agent ----------
Claim C-1042 is open. TERMINATE
`;
